package io.orderbridge.console;

import io.orderbridge.kernel.Role;
import java.security.Principal;

/**
 * Who looks at the console. Whoever lets people in sets one as the request's user; the console
 * knows of sign-in nothing else.
 */
public interface Visitor extends Principal {
  /** Whether this person was given the role. */
  boolean is(Role role);

  /**
   * What every form of this person carries, so that no other site can send one for him. The same
   * within a session; 16 characters at least.
   */
  String formToken();

  /** Whether there is a sign-in that this person can end. */
  boolean isSignedIn();
}
