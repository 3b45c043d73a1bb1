import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { Icon, type IconName } from './icons.tsx';
import './button.css';

type ButtonProps = Omit<AriaButtonProps, 'children' | 'className'> & {
  look?: 'solid' | 'outline' | 'plain' | 'danger';
  size?: 'medium' | 'small';
  icon?: IconName;
  children: ReactNode;
};

/** While `isPending` the button keeps its place and its focus, and refuses a second press. */
export function Button({ look = 'solid', size = 'medium', icon, children, ...rest }: ButtonProps) {
  return (
    <AriaButton {...rest} className={`button button-${look} button-${size}`}>
      {icon && <Icon name={icon} />}
      <span>{children}</span>
    </AriaButton>
  );
}
