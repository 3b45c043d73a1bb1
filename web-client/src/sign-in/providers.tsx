import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ProviderList, ProviderLocation } from '../../../gateway/http/schemas/index.ts';
import { call } from '../api/call.ts';
import { useTexts } from '../i18n/use-texts.ts';
import { useLocation } from '../routing/location.ts';
import { returnPath } from '../routing/routes.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import './providers.css';

/** The providers of the first step. Where there is none, or they cannot be asked for, the step is as if there were no such thing. */
export function useProviders(): ProviderList | undefined {
  const { language } = useTexts();
  const { data } = useQuery({ queryKey: ['providers', language], queryFn: () => call<ProviderList>('GET', '/api/sign-in/providers'), retry: false, refetchInterval: 30_000 });
  return data !== undefined && data.items.length > 0 ? data : undefined;
}

/** Said above the first field: who may use it now. */
export function ProvidersNotice({ providers: { items, required } }: { providers: ProviderList }) {
  const { t } = useTexts();
  const down = items.filter(({ state }) => state === 'down');
  if (down.length > 0) {
    return (
      <Notice live tone="warning" title={t('provider.down.title', { names: down.map(({ name }) => name).join(t('provider.and')) })}>
        <p>{t(required ? 'provider.down.required' : 'provider.down.help')}</p>
      </Notice>
    );
  }
  return required ? (
    <Notice tone="info" title={t('provider.required.title')}>
      <p>{t('provider.required.help')}</p>
    </Notice>
  ) : null;
}

/** A button each. The way there leads out of this page; until the browser goes, the button says so. */
export function Providers({ providers: { items } }: { providers: ProviderList }) {
  const { t } = useTexts();
  const { query } = useLocation();
  const [leaving, setLeaving] = useState<string>();
  const begin = useMutation({
    mutationFn: (provider: string) => call<ProviderLocation>('POST', '/api/sign-in/provider', { provider, returnTo: returnPath(query.get('return')) }),
    onSuccess: ({ location }) => window.location.assign(location),
    onError: () => setLeaving(undefined),
  });
  return (
    <section className="providers stack" aria-labelledby="providers-title">
      <h2 id="providers-title" className="providers-title">
        {t('provider.title')}
      </h2>
      {begin.error !== null && <ProblemNotice error={begin.error} />}
      <ul className="providers-list" role="list">
        {items.map(({ id, name, state }) => (
          <li key={id} className="providers-item">
            <Button
              look="outline"
              isPending={leaving === id}
              isDisabled={leaving !== undefined && leaving !== id}
              onPress={() => {
                setLeaving(id);
                begin.mutate(id);
              }}
            >
              {t('provider.button', { name })}
            </Button>
            {state === 'down' && <p className="providers-state">{t('provider.down.state')}</p>}
          </li>
        ))}
      </ul>
      <p role="status" className="providers-leaving">
        {leaving === undefined ? '' : t('provider.leaving', { name: items.find(({ id }) => id === leaving)?.name ?? '' })}
      </p>
    </section>
  );
}
