import { parseConnectionString } from './connection-string.js';

const reasonFor = (text: string): string => {
  try {
    parseConnectionString(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('it was accepted');
};

describe('a connection string', () => {
  test('names one node, with the port servers use by default', () => {
    expect(parseConnectionString('esdb://db.example')).toMatchObject({
      endpoints: [{ address: 'db.example', port: 2113 }],
      discover: false,
      insecure: false,
      nodePreference: 'leader',
      login: undefined,
    });
  });

  test('names several nodes, a login and options', () => {
    const parsed = parseConnectionString(
      'esdb://svc%40x:p%3A%2Fq@n1:2113,n2:2114/?nodePreference=Follower&gossipTimeout=3&connectionName=a%20b',
    );
    expect(parsed.endpoints).toEqual([
      { address: 'n1', port: 2113 },
      { address: 'n2', port: 2114 },
    ]);
    expect([parsed.login?.username, parsed.login?.password]).toEqual(['svc@x', 'p:/q']);
    expect(parsed).toMatchObject({ insecure: false, nodePreference: 'follower', connectionName: 'a b' });
    expect(parsed.numbers).toEqual({ gossipTimeout: 3, keepAliveTimeout: 5_000 });
  });

  test.each(['127.0.0.1:2113', '127.9.0.1', 'localhost', 'LOCALHOST:2114', '127.0.0.1,localhost:2114'])(
    'goes without TLS to %s only because that is this machine',
    (hosts) => expect(parseConnectionString(`esdb://${hosts}?tls=false`).insecure).toBe(true),
  );

  test.each(['db.example', '10.0.0.5:2113', '127.0.0.1,db.example', '127.0.0.1.example', 'localhost.example', '0.0.0.0', 'eventstoredb:2113'])(
    'never goes without TLS to %s: that may be another machine',
    (hosts) => expect(reasonFor(`esdb://${hosts}?tls=false`)).toContain('everything in clear'),
  ); // prettier-ignore

  test('asks DNS with +discover', () => {
    expect(parseConnectionString('esdb+discover://cluster.example').discover).toBe(true);
  });

  test('notices a dead connection sooner than the client would, unless told otherwise', () => {
    expect(parseConnectionString('esdb://a').numbers).toEqual({ keepAliveTimeout: 5_000 });
    expect(parseConnectionString('esdb://a?keepalivetimeout=7000').numbers).toEqual({ keepAliveTimeout: 7_000 });
  });

  test.each([
    ['', 'expected esdb://'],
    ['localhost:2113', 'expected esdb://'],
    ['http://a:2113', 'expected esdb://'],
    ['esdb://a:port', 'expected esdb://'],
    ['esdb://a?tls=maybe', 'tls is true or false'],
    ['esdb://a?keepAliveTimeout=soon', 'keepAliveTimeout is a whole number'],
    ['esdb://a?nodePreference=any', 'nodePreference is leader'],
    ['esdb://a?tlsVerifyCert=false', 'name the CA file in tlsCAFile'],
    ['esdb://a?throwOnAppendFailure=false', 'reports wrong revisions'],
    ['esdb://a?tlsCAFile=/no/such/file', '/no/such/file cannot be read'],
    ['esdb://a?userCertFile=x', 'go together'],
    ['esdb://a?colour=red', 'an option that is not one of'],
    ['esdb://u:%ZZ@a', 'percent-encoded'],
    ['esdb+discover://a,b', 'takes one DNS name'],
  ])('%s is refused with a reason', (text, reason) => {
    expect(() => parseConnectionString(text)).toThrow(reason);
  });

  test('a refusal repeats neither user nor password, encoded or not', () => {
    for (const text of ['esdb://me:se?cret=x@a', 'esdb://me:secret', 'esdb://me:secret@a?secret=1', 'me:secret@a'])
      expect(reasonFor(text)).not.toMatch(/secret|cret|\bme\b/);
  });
});
