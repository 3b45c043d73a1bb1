/** The composition root: the only place of the gateway that knows the broker by more than its port. */
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { developmentCertificate, type Certificate } from '../certs/development.ts';
import { writeSigningKey } from '../broker/audit/index.ts';
import { systemClock, type Clock } from '../broker/environment.ts';
import { createBroker, type Broker } from '../broker/index.ts';
import { startEmbeddedPostgres } from '../broker/store/embedded-postgres.ts';
import { createApp } from './app.ts';
import { createAuthenticator } from './auth/authenticate.ts';
import type { Config } from './config.ts';
import { createRelayUpgrade } from './http/relay-upgrade.ts';
import type { Route } from './http/route.ts';
import { prepareKeys } from './keys.ts';
import { createListener } from './listener.ts';
import type { Log } from './log/index.ts';
import { relayFleet } from './relay-fleet.ts';
import { createRelay, type Relay, type RelayLimits } from './relay/index.ts';
import { runProgram } from './program.ts';

const ROOT = join(import.meta.dirname, '..');
