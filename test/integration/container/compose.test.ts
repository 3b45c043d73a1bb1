import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';

type Service = {
  image: string;
  user?: string;
  read_only?: boolean;
  cap_drop?: string[];
  cap_add?: string[];
  security_opt?: string[];
  privileged?: boolean;
  ports?: string[];
  networks: string[];
  volumes?: string[];
  secrets?: string[];
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  depends_on?: Record<string, { condition: string }>;
};
type Compose = {
  services: Record<'gateway' | 'database' | 'guacd', Service>;
  networks: Record<string, { internal?: boolean }>;
  volumes: Record<string, unknown>;
  secrets: Record<string, { file: string }>;
};

const checkout = join(import.meta.dirname, '../../..');
const source = await readFile(join(checkout, 'compose.yaml'), 'utf8');
const compose: Compose = parse(source, { merge: true });
const services = Object.entries(compose.services);
const usersOf = (network: string) => services.filter(([, service]) => service.networks.includes(network)).map(([name]) => name);

describe('compose.yaml', () => {
  it('has the gateway, its database and guacd, and nothing more', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['database', 'gateway', 'guacd']);
  });

  it.each(services)('runs %s as an ordinary user, without capabilities, on a read-only file system', (_name, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service.user).toMatch(/^[1-9]\d*:[1-9]\d*$/);
    expect(service.cap_add).toBeUndefined();
    expect(service.privileged).toBeUndefined();
  });

  it('pins each image it does not build to one release', () => {
    expect(compose.services.guacd.image).toBe('guacamole/guacd:1.6.0');
    expect(compose.services.database.image).toMatch(/^postgres:18\.\d+-[a-z]+$/);
  });

  it('lets only the gateway reach guacd and the database, each on a network without a way out', () => {
    expect(usersOf('relay')).toEqual(['gateway', 'guacd']);
    expect(usersOf('database')).toEqual(['gateway', 'database']);
    expect(compose.networks).toMatchObject({ relay: { internal: true }, database: { internal: true } });
    expect(compose.services.database.networks).toEqual(['database']);
    const shared = compose.services.guacd.networks.filter((network) => compose.services.database.networks.includes(network));
    expect(shared).toEqual([]);
  });

  it('publishes no port but the gateway’s', () => {
    expect(services.filter(([, service]) => service.ports !== undefined).map(([name]) => name)).toEqual(['gateway']);
    expect(compose.services.gateway.ports).toEqual([expect.stringMatching(/:8443$/)]);
  });

  it('gives guacd no secret, no volume and no setting', () => {
    const { secrets, volumes, environment } = compose.services.guacd;
    expect([secrets, volumes, environment]).toEqual([undefined, undefined, undefined]);
  });

  it('gives the keys to the gateway only, and every secret as a file', () => {
    expect(compose.services.database.secrets).toEqual(['database-password']);
    expect([...(compose.services.gateway.secrets ?? []), 'database-password'].sort()).toEqual(Object.keys(compose.secrets).sort());
    for (const { file } of Object.values(compose.secrets)) expect(file).toMatch(/^\.\/secrets\//);
    for (const [name, value] of services.flatMap(([, service]) => Object.entries(service.environment ?? {}))) {
      if (/PASSWORD|SECRET|KEY|DATABASE_URL/.test(name)) expect([name, value]).toEqual([expect.stringMatching(/_FILE$/), expect.stringMatching(/^\/run\/secrets\//)]);
    }
  });

  it('mentions in each service only networks, volumes and secrets that it declares', () => {
    for (const [, service] of services) {
      expect(Object.keys(compose.networks)).toEqual(expect.arrayContaining(service.networks));
      const named = (service.volumes ?? []).filter((volume) => !volume.startsWith('./'));
      expect(Object.keys(compose.volumes)).toEqual(expect.arrayContaining(named.map((volume) => volume.split(':')[0])));
      expect(Object.keys(compose.secrets)).toEqual(expect.arrayContaining(service.secrets ?? []));
    }
  });

  it('shows the gateway of the machine’s own files the policy alone, which it cannot change', () => {
    const mounted = services.flatMap(([, service]) => service.volumes ?? []).filter((volume) => /^[./]/.test(volume));
    expect(mounted).toEqual(['./policies:/srv/sekisho/policies:ro']);
  });

  it('starts the gateway once the database and guacd are healthy', () => {
    expect(compose.services.gateway.depends_on).toEqual({ database: { condition: 'service_healthy' }, guacd: { condition: 'service_healthy' } });
    expect(compose.services.database.healthcheck?.test[0]).toBe('CMD');
    expect(compose.services.guacd.healthcheck?.test[0]).toBe('CMD');
  });
});
