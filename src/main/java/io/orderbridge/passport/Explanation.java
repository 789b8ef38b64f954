package io.orderbridge.passport;

import java.util.Optional;

/** One cause that can explain an order: a pure function of what is known of it. */
@FunctionalInterface
interface Explanation {
  /** Why the order stands where it stands; empty when it is not because of this. */
  Optional<Diagnosis> of(Passport passport);
}
