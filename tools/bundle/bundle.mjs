// Bundles an entry of the workspace into one file for Node, as users run it.
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';
import { expandPlugin } from './expand.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * @param {{input: string, file: string, trace?: boolean, lenient?: boolean}} options `trace`: the tracing build (every
 * instruction reported); `lenient`: names that do not exist become undefined instead of an error.
 */
export async function bundle({ input, file, trace = false, lenient = false }) {
  const build = await rolldown({
    input,
    cwd: root,
    platform: 'node',
    external: [/^node:/],
    plugins: [expandPlugin()],
    shimMissingExports: lenient,
    transform: { define: { __TRACE__: String(trace) } },
    checks: { circularDependency: false },
    logLevel: lenient ? 'silent' : 'warn',
    optimization: { inlineConst: true },
  });
  await build.write({ file, format: 'esm', sourcemap: false, minify: false, codeSplitting: false });
  await build.close();
}
