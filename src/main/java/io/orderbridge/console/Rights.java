package io.orderbridge.console;

import io.orderbridge.kernel.Role;
import java.util.Set;

/** What is shown to which role. The one place of the console that asks for roles. */
enum Rights {
  /** Orders are everybody's. */
  ORDERS(Set.of(Role.values())),
  /** Amounts: the warehouse needs none. */
  MONEY(Set.of(Role.OPS, Role.CS, Role.FINANCE, Role.SRE, Role.MANAGER, Role.OWNER, Role.ADMIN)),
  /** Messages as they came, with names, phones and addresses. */
  PERSONAL(Set.of(Role.OPS, Role.CS, Role.SRE, Role.ADMIN)),
  /** Finding a customer by the phone number. */
  CUSTOMERS(Set.of(Role.OPS, Role.CS, Role.MANAGER, Role.OWNER)),
  /** Mending, replaying, discarding. */
  LETTERS(Set.of(Role.OPS, Role.SRE, Role.ADMIN)),
  /** How far everything is in step: everybody's, the warehouse first of all. */
  BOARD(Set.of(Role.values())),
  TICKETS(Set.of(Role.values())),
  SOURCES(Set.of(Role.values())),
  /** Reading again, and how the tokens of partners stand. */
  OPERATE(Set.of(Role.OPS, Role.SRE, Role.OWNER, Role.ADMIN)),
  /** What is not as it should be, with amounts. */
  FINDINGS(Set.of(Role.OPS, Role.CS, Role.FINANCE, Role.SRE, Role.MANAGER, Role.OWNER, Role.ADMIN)),
  /** What payment systems say, compared with the order book. */
  PAYMENTS(Set.of(Role.OPS, Role.CS, Role.FINANCE, Role.SRE, Role.MANAGER, Role.OWNER)),
  /** Verifying a period once more: what is lost here is recorded by it. */
  PAYMENTS_RUN(Set.of(Role.OPS, Role.FINANCE, Role.SRE, Role.OWNER)),
  /** Forced changes of orders: the rules of repairs say who may do what; amounts stay hidden. */
  REPAIRS(Set.of(Role.values())),
  NOTICES(Set.of(Role.OPS, Role.CS, Role.SRE, Role.MANAGER, Role.OWNER)),
  /** Editing what customers are told. */
  NOTICE_WORDS(Set.of(Role.OPS)),
  /** Approving what another one edited, and going back. */
  NOTICE_APPROVAL(Set.of(Role.OPS, Role.MANAGER)),
  /** Samples, calls, and what customers allow. */
  NOTICE_DESK(Set.of(Role.OPS, Role.CS, Role.MANAGER)),
  BOOKS(Set.of(Role.OPS, Role.FINANCE, Role.SRE, Role.MANAGER, Role.OWNER)),
  /** Reports with every amount and receipt: who answers for money. */
  REPORTS(Set.of(Role.FINANCE, Role.MANAGER, Role.OWNER)),
  /** What a figure comes to for each department. */
  BRIDGES(Set.of(Role.OPS, Role.FINANCE, Role.MANAGER, Role.OWNER)),
  /** Running a reconciliation, deciding about breaks, freezing a month. */
  RECKONING(Set.of(Role.FINANCE, Role.OWNER)),
  HEALTH(Set.of(Role.OPS, Role.FINANCE, Role.SRE, Role.MANAGER, Role.OWNER, Role.ADMIN)),
  FILES(Set.of(Role.OPS, Role.SRE, Role.MANAGER, Role.OWNER, Role.ADMIN)),
  /** Who did what. */
  AUDIT(Set.of(Role.OPS, Role.SRE, Role.MANAGER, Role.OWNER, Role.ADMIN)),
  USERS(Set.of(Role.OWNER));

  private final Set<Role> roles;

  Rights(Set<Role> roles) {
    this.roles = roles;
  }

  boolean of(Visitor visitor) {
    return roles.stream().anyMatch(visitor::is);
  }

  /** The roles, as settings name them. */
  String names() {
    return String.join(", ", roles.stream().map(Role::word).sorted().toList());
  }
}
