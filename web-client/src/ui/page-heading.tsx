import { useEffect, useRef, type ReactNode } from 'react';
import { useTexts } from '../i18n/use-texts.ts';

/** The heading of a page or of a step on it: names the document, and takes the focus when it appears so that a reader says where one is. */
export function PageHeading({ title, children }: { title: string; children?: ReactNode }) {
  const { t } = useTexts();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} | ${t('product')}`;
  }, [title, t]);
  useEffect(() => {
    const typing = document.activeElement instanceof HTMLInputElement;
    if (!typing) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <h1 className="page-heading" tabIndex={-1} ref={heading}>
      {children ?? title}
    </h1>
  );
}
