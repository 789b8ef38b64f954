package io.orderbridge.kernel;

/** How bad something is: still to be prevented, or already so. The order is that of severity. */
public enum Level {
  /** It comes near: from 80 % of a limit on, or a difference that hurts nobody yet. */
  WARNING,
  /** A limit is passed, or money or goods are wrong. */
  BREACH
}
