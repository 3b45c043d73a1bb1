import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ImportPreview } from '../../../../gateway/http/schemas/index.ts';
import { call } from '../../api/call.ts';
import { useChange } from '../../console/use-change.ts';
import { useTexts } from '../../i18n/use-texts.ts';
import { decode, longestFile, type Decoded } from './decode.ts';

export type Kind = 'people' | 'desktops';
export type Chosen = { readonly name: string } & Decoded;
export type FileFault = 'too-large' | 'unreadable';
export type ImportWork = ReturnType<typeof useImport>;

/** One file's way: read in the page, looked at by the gateway, taken over. */
export function useImport(kind: Kind) {
  const { t } = useTexts();
  const [file, setFile] = useState<Chosen | null>(null);
  const [fault, setFault] = useState<FileFault | null>(null);
  const preview = useMutation({ mutationFn: (csv: string) => call<ImportPreview>('POST', `/api/imports/${kind}/preview`, { csv }) });
  const apply = useChange({
    change: (wanted: { csv: string; digest: string }) => call<ImportPreview>('POST', `/api/imports/${kind}`, wanted),
    refresh: [['people'], ['units'], ['duties'], ['desktop-records'], ['pool-records'], ['level']],
    said: ({ added, changed }) => ({ text: t(`administration.import.done.${kind}`, { added, changed }) }),
  });
  const reset = (): void => {
    setFile(null);
    setFault(null);
    preview.reset();
    apply.reset();
  };
  const choose = async (chosen: File): Promise<void> => {
    reset();
    if (chosen.size > longestFile) return setFault('too-large');
    const decoded = await read(chosen);
    if (decoded === undefined) return setFault('unreadable');
    setFile({ name: chosen.name, ...decoded });
    preview.mutate(decoded.text);
    return undefined;
  };
  return {
    file,
    fault,
    preview,
    apply,
    reset,
    choose,
    again: () => {
      apply.reset();
      if (file !== null) preview.mutate(file.text);
    },
    take: () => {
      if (file !== null && preview.data !== undefined) apply.mutate({ csv: file.text, digest: preview.data.digest });
    },
  };
}

async function read(file: File): Promise<Decoded | undefined> {
  try {
    return decode(new Uint8Array(await file.arrayBuffer()));
  } catch {
    return undefined;
  }
}
