import { randomBytes } from 'node:crypto';
import { openCredentials, readCredentials, sealCredentials } from '../../../broker/desktops/credentials.ts';
import { readParameters } from '../../../broker/desktops/parameters.ts';
import { Refusal } from '../../../broker/port.ts';
import { createSecretBox } from '../../../broker/secret-box.ts';

function fieldsOf(work: () => unknown): readonly string[] {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal && error.code === 'request-invalid') return (error.details.fields ?? []).map(({ path }) => path);
    throw error;
  }
  return [];
}

describe('the parameters of a desktop\'s record', () => {
  it('may tune the picture and the keyboard', () => {
    expect(readParameters('rdp', { 'server-layout': 'ja-jp-qwerty', 'color-depth': '16', security: 'nla' }, false)).toEqual({ 'server-layout': 'ja-jp-qwerty', 'color-depth': '16', security: 'nla' });
    expect(readParameters('vnc', { cursor: 'remote' }, false)).toEqual({ cursor: 'remote' });
  });

  it.each(['disable-copy', 'disable-paste', 'disable-download', 'disable-upload', 'disable-audio', 'enable-drive', 'drive-path', 'enable-printing', 'enable-sftp', 'sftp-hostname', 'enable-audio-input', 'static-channels', 'recording-path', 'hostname', 'port', 'username', 'password', 'gateway-hostname', 'remote-app', 'read-only', 'wol-send-packet', 'clipboard-encoding'])(
    'cannot set %s, on either protocol',
    (name) => {
      for (const protocol of ['rdp', 'vnc'] as const) expect(fieldsOf(() => readParameters(protocol, { [name]: 'true' }, true))).toContain(`parameters.${name}`);
    },
  );

  it('cannot name another host on VNC', () => {
    for (const name of ['dest-host', 'dest-port', 'reverse-connect']) expect(fieldsOf(() => readParameters('vnc', { [name]: '1' }, false))).toEqual([`parameters.${name}`]);
  });

  it('accept a boolean only as guacd understands it', () => {
    for (const value of ['1', 'True', 'yes', '']) expect(fieldsOf(() => readParameters('rdp', { 'enable-wallpaper': value }, false))).toEqual(['parameters.enable-wallpaper']);
  });

  it('ignore a certificate only where that was said explicitly', () => {
    expect(fieldsOf(() => readParameters('rdp', { 'ignore-cert': 'true' }, false))).toEqual(['parameters.ignore-cert']);
    expect(readParameters('rdp', {}, true)).toEqual({ 'ignore-cert': 'true' });
    expect(fieldsOf(() => readParameters('vnc', {}, true))).toEqual(['acceptAnyCertificate']);
  });
});

describe('the credentials of a desktop', () => {
  it('are whole for RDP, and may be a password of 8 bytes at most for VNC', () => {
    expect(fieldsOf(() => readCredentials('rdp', { username: 'u' }))).toEqual(['credentials.password']);
    expect(fieldsOf(() => readCredentials('rdp', { password: 'p' }))).toEqual(['credentials.username']);
    expect(fieldsOf(() => readCredentials('vnc', { password: '123456789' }))).toEqual(['credentials.password']);
    expect(fieldsOf(() => readCredentials('vnc', { password: '日本語' }))).toEqual(['credentials.password']);
    expect(readCredentials('vnc', { password: '12345678' })).toEqual({ password: '12345678' });
    expect(readCredentials('vnc', { username: 'u', password: '123456789' })).toEqual({ username: 'u', password: '123456789' });
    expect(readCredentials('vnc', {})).toEqual({});
  });

  it('are never part of a refusal', () => {
    try {
      readCredentials('vnc', { password: 'topsecret1' });
      throw new Error('not refused');
    } catch (error) {
      expect(JSON.stringify([error, (error as Refusal).details, String(error)])).not.toContain('topsecret1');
    }
  });

  it('open only for the desktop they were sealed for', () => {
    const box = createSecretBox([randomBytes(32)]);
    const sealed = sealCredentials(box, 'a', { username: '利用者', password: 'ひみつ' });
    expect(openCredentials(box, 'a', sealed)).toEqual({ username: '利用者', password: 'ひみつ' });
    expect(() => openCredentials(box, 'b', sealed)).toThrow();
    expect(sealed.includes(Buffer.from('ひみつ'))).toBe(false);
  });
});
