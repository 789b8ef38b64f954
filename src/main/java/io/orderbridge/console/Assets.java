package io.orderbridge.console;

import io.quarkiverse.web.bundler.runtime.Bundle;
import jakarta.inject.Singleton;

/** Where the bundled script and style of the pages are; their names change with what they hold. */
@Singleton
class Assets {
  private static final String PAGES = "main";

  private final Bundle bundle;

  Assets(Bundle bundle) {
    this.bundle = bundle;
  }

  String script() {
    return bundle.script(PAGES);
  }

  String style() {
    return bundle.style(PAGES);
  }
}
