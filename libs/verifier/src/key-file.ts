import { fromBase64, toBase64 } from '#transparency-log/base64';
import { badBundle } from './bundle-files.js';
import { jsonBytes, parseStrictJson } from './strict-json.js';

/** `keys/<kid>.json`: the key of one person in one stream, for readers who are entitled to the words. */
export const formatKeyFile = (kid: string, key: Uint8Array): Uint8Array => jsonBytes({ kid, key: toBase64(key) });

/** @throws VerificationError unless the file holds the key that its name promises, and nothing else. */
export const parseKeyFile = (bytes: Uint8Array, kid: string): Uint8Array => {
  const value = parseStrictJson(bytes, `keys/${kid}.json`);
  if (Object.keys(value).join() !== 'key,kid' || value['kid'] !== kid || typeof value['key'] !== 'string')
    throw badBundle('the file does not hold the key of its name');
  const key = fromBase64(value['key']);
  if (key.length !== 32) throw badBundle('the key has the wrong length');
  return key;
};
