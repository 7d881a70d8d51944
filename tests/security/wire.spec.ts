import { sendRaw } from '../http/raw-request.js';
import { startServer, type TestServer } from '../http/server.js';

const HOST = 'Host: 127.0.0.1\r\n';
const POST = `POST /tell-us HTTP/1.1\r\n${HOST}Content-Type: application/x-www-form-urlencoded\r\n`;
/** If the server read on here, it would answer this one as well. */
const HIDDEN = `GET /health/live HTTP/1.1\r\n${HOST}\r\n`;

/** Where one message ends and the next begins must not be open to two readings (ASVS 4.2.1). */
describe('bytes that two servers could read differently', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.close());

  it.each<[string, string]>([
    ['a length and chunks', `${POST}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG`],
    ['chunks and a length', `${POST}Transfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nG`],
    ['two lengths', `${POST}Content-Length: 0\r\nContent-Length: ${HIDDEN.length}\r\n\r\n${HIDDEN}`],
    ['two equal lengths', `${POST}Content-Length: 1\r\nContent-Length: 1\r\n\r\na`],
    ['two lengths in one line', `${POST}Content-Length: 0, ${HIDDEN.length}\r\n\r\n${HIDDEN}`],
    ['a length with a sign', `${POST}Content-Length: +1\r\n\r\na`],
    ['a length that is no number', `${POST}Content-Length: 0x1\r\n\r\na`],
    ['a length that is less than nothing', `${POST}Content-Length: -1\r\n\r\na`],
    ['a blank before the colon', `${POST}Content-Length : 1\r\n\r\na`],
    ['a header that goes on in the next line', `GET / HTTP/1.1\r\n${HOST}X-A: b\r\n c\r\n\r\n`],
    ['a transfer encoding that goes on in the next line', `${POST}Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n`],
    ['lines that end with a line feed alone', `GET / HTTP/1.1\nHost: 127.0.0.1\n\n`],
    ['one line that does', `GET / HTTP/1.1\r\n${HOST}X-A: b\nX-B: c\r\n\r\n`],
    ['lines that end with a return alone', `GET / HTTP/1.1\r\n${HOST}X-A: b\rX-B: c\r\n\r\n`],
    ['an encoding that nobody knows', `${POST}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n`],
    ['chunks that are not last', `${POST}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n`],
    ['two encodings', `${POST}Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
    ['a chunk with a size that is none', `${POST}Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n`],
    ['a chunk that is longer than it says', `${POST}Transfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n`],
    ['a size with a blank and more', `${POST}Transfer-Encoding: chunked\r\n\r\n1 ;x\r\na\r\n0\r\n\r\n`],
    ['a null in a header', `GET / HTTP/1.1\r\n${HOST}X-A: b\u0000c\r\n\r\n`],
    ['a header without a name', `GET / HTTP/1.1\r\n${HOST}: x\r\n\r\n`],
    ['a header name with a blank', `GET / HTTP/1.1\r\n${HOST}X A: b\r\n\r\n`],
    ['no host', `GET / HTTP/1.1\r\n\r\n`],
    ['a version that is none', `GET / HTTP/1.2\r\n${HOST}\r\n`],
    ['a null in the address', `GET /\u0000 HTTP/1.1\r\n${HOST}\r\n`],
    ['a blank in the address', `GET / x HTTP/1.1\r\n${HOST}\r\n`],
  ])('%s: 400, once, and the connection is closed', async (_, bytes) => {
    const { status, body } = await sendRaw(server.url, bytes, 1_000);
    expect(status).toBe(400);
    // No second answer behind the first.
    expect(body).not.toContain('HTTP/1.1');
  });

  it('an honest one is answered, and so is one after it on the same connection', async () => {
    const { status, body } = await sendRaw(server.url, HIDDEN + HIDDEN, 1_000);
    expect([status, body.includes('HTTP/1.1 200')]).toEqual([200, true]);
  });

  it('headers that only a proxy may set change nothing without one', async () => {
    const spoofed = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-for': '6.6.6.6', 'x-original-url': '/work', 'x-rewrite-url': '/work', forwarded: 'for=6.6.6.6;host=evil.example' }; // prettier-ignore
    const [plain, odd] = await Promise.all([{}, spoofed].map(async (headers) => (await fetch(`${server.url}/decisions.atom`, { headers })).text())); // prettier-ignore
    expect(odd).toBe(plain);
    expect((await fetch(`${server.url}/how-we-check`, { headers: spoofed })).status).toBe(200);
  });
});
