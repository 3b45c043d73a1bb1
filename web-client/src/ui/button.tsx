import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Icon, type IconName } from './icons.tsx';
import './button.css';

type ButtonProps = Omit<AriaButtonProps, 'children' | 'className' | 'isPending'> & {
  /** What it began is not done yet: it keeps its place and its focus, and does nothing. */
  isPending?: boolean;
  look?: 'solid' | 'outline' | 'danger-outline' | 'plain' | 'danger';
  size?: 'medium' | 'small';
  icon?: IconName;
  children: ReactNode;
};

export function Button({ look = 'solid', size = 'medium', icon, isPending = false, onPress, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} {...(onPress && !isPending && { onPress })} className={`button button-${look} button-${size}${isPending ? ' button-pending' : ''}`}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </AriaButton>
  );
}
