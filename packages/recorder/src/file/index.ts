export type { Identity, InputKind } from './about.ts';
export { BadRecording, type BadKind, type FileCodec, isRecording } from './container.ts';
export type { InputSummary } from './inputs.ts';
export { type OpenOptions, RecordingFile } from './open.ts';
export { type WriteOptions, writeRecording, type Written } from './write.ts';
