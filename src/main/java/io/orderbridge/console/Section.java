package io.orderbridge.console;

import java.util.Locale;

/** What stands in the navigation, in its order. A new page is one more. */
enum Section {
  START("/console", Rights.ORDERS, Group.DAILY),
  BOARD("/console/board", Rights.BOARD, Group.DAILY),
  ORDERS("/console/orders", Rights.ORDERS, Group.DAILY),
  TICKETS("/console/tickets", Rights.TICKETS, Group.DAILY),
  LETTERS("/console/dead-letters", Rights.LETTERS, Group.TROUBLE),
  FINDINGS("/console/findings", Rights.FINDINGS, Group.TROUBLE),
  SOURCES("/console/sources", Rights.SOURCES, Group.TROUBLE),
  NOTICES("/console/notices", Rights.NOTICES, Group.FIGURES),
  BOOKS("/console/books", Rights.BOOKS, Group.FIGURES),
  HEALTH("/console/health", Rights.HEALTH, Group.FIGURES),
  FILES("/console/files", Rights.FILES, Group.SETUP),
  AUDIT("/console/audit", Rights.AUDIT, Group.SETUP),
  USERS("/console/users", Rights.USERS, Group.SETUP);

  /** What belongs together in the navigation. */
  enum Group {
    DAILY,
    TROUBLE,
    FIGURES,
    SETUP;

    /** Of its name in the texts. */
    String key() {
      return "group_" + name().toLowerCase(Locale.ROOT);
    }
  }

  private final String path;
  private final Rights right;
  private final Group group;

  Section(String path, Rights right, Group group) {
    this.path = path;
    this.right = right;
    this.group = group;
  }

  String path() {
    return path;
  }

  /** Of its name in the texts; they lie in the file {@link #file()}. */
  String key() {
    return "nav_" + file();
  }

  /** The file of its words. */
  String file() {
    return name().toLowerCase(Locale.ROOT);
  }

  Rights right() {
    return right;
  }

  Group group() {
    return group;
  }

  /** Whether an address belongs to it. */
  boolean holds(String address) {
    String page = address.split("[?]", 2)[0];
    return page.equals(path) || this != START && page.startsWith(path + "/");
  }
}
