package io.orderbridge.alert;

import jakarta.inject.Singleton;

/** The policy in force, replaced while alerts are raised. Thread-safe. */
@Singleton
public class Policies {
  private volatile Policy inForce = Policy.DEFAULT;

  /** Puts a policy in force for what is raised from now on. */
  public void replace(Policy policy) {
    inForce = policy;
  }

  Policy inForce() {
    return inForce;
  }
}
