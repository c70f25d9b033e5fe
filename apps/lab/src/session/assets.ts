/** Where the build laid the engine; relative to the page. */
interface Assets {
  readonly engine: string;
}
declare const __ASSETS__: Assets;

export const assets: Assets = __ASSETS__;

/** What the build deflated, as it was. */
async function inflated(response: Response): Promise<Uint8Array> {
  if (response.body === null) throw new Error('an empty answer');
  const stream = response.body.pipeThrough(new DecompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function get(path: string): Promise<Response> {
  const response = await fetch(new URL(path, document.baseURI));
  if (!response.ok) throw new Error(`${path} did not come: ${response.status} ${response.statusText}`);
  return response;
}

export const engineCode = async (): Promise<Blob> => (await get(assets.engine)).blob();

export interface LibraryIndex {
  readonly names: readonly string[];
  /** By the number of a name: the numbers of what it imports at its top. */
  readonly imports: readonly (readonly number[])[];
}
export const libraryIndex = async (): Promise<LibraryIndex> =>
  (await get('library/index.json')).json() as Promise<LibraryIndex>;
export const libraryFile = async (name: string): Promise<Uint8Array> => inflated(await get(`library/${name}.z`));
