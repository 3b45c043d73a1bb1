import { createContext, useCallback, useContext, useState, type ReactNode } from 'react';
import { Problem } from '../api/problem.ts';
import { StepUpDialog } from './step-up-dialog.tsx';

type Work<Answer> = () => Promise<Answer>;
type WithStepUp = <Answer>(work: Work<Answer>) => Promise<Answer>;
type Asked = { readonly proved: () => void; readonly gaveUp: () => void };

const StepUpContext = createContext<WithStepUp>((work) => work());

/** Runs a call; where it is refused for want of a fresh second factor, asks for the one-time code and runs it once more. */
export function useStepUp(): WithStepUp {
  return useContext(StepUpContext);
}

export function StepUpProvider({ children }: { children: ReactNode }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const withStepUp = useCallback<WithStepUp>(async (work) => {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Problem) || error.code !== 'step-up-required') throw error;
      const proved = await new Promise<boolean>((resolve) => setAsked({ proved: () => resolve(true), gaveUp: () => resolve(false) }));
      setAsked(null);
      if (!proved) throw error;
      return await work();
    }
  }, []);
  return (
    <StepUpContext value={withStepUp}>
      {children}
      {asked !== null && <StepUpDialog onProved={asked.proved} onClose={asked.gaveUp} />}
    </StepUpContext>
  );
}
