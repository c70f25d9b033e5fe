// Runs one Python program on Pyodide (npm package `pyodide`).
import { readFileSync } from 'node:fs';
import { loadPyodide } from 'pyodide';

const py = await loadPyodide({ stdout: (s) => console.log(s), stderr: (s) => console.error(s) });
try {
  py.runPython(readFileSync(process.argv[2], 'utf8'), { filename: process.argv[2] });
} catch (e) {
  console.error(String(e.message).trim());
  process.exitCode = 1;
}
