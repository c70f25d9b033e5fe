export function bundle(options: {
  input: string;
  file: string;
  trace?: boolean;
  lenient?: boolean;
  page?: boolean;
}): Promise<void>;
