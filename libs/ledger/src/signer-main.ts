import { runSigner } from './run-signer.js';

// The server's own child: settings come in by the environment, the address goes out on the first line. It ends when
// its parent does, however that ended: the pipe to it closes.
const {
  SIGNER_DIR: folder = '',
  LOG_ORIGIN: origin = '',
  SIGNER_TOKEN: token,
} = process.env as Record<string, string | undefined>;

try {
  const { url } = await runSigner({ folder, origin, port: 0, token });
  process.stdin.on('end', () => process.exit(0)).on('error', () => process.exit(0));
  process.stdin.resume();
  process.stdout.write(`${url}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
