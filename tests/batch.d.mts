export interface BatchRequest {
  file: string;
  args?: readonly string[];
  stdin?: string;
  python?: string;
  audit?: string;
  env?: Record<string, string>;
  seconds?: number;
}
export interface BatchResult {
  stdout: string;
  stderr: string;
  exitCode: number;
  timedOut: boolean;
  audits: number;
  ms: number;
  /** The process as bytes, where the request asked for a stop amid it. */
  snapshot?: string;
}
export class Batch {
  constructor(options?: { jobs?: number; trace?: boolean });
  run(request: BatchRequest, timeoutMs?: number): Promise<BatchResult>;
  close(): void;
}
