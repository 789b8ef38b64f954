package io.orderbridge.console;

import io.quarkiverse.web.bundler.runtime.Bundle;
import jakarta.inject.Singleton;

/** Where the bundled script and style of the pages are; their names change with what they hold. */
@Singleton
class Assets {
  private static final String PAGES = "main";
  private static final String CHARTS = "charts";
  private static final String EDITOR = "editor";

  private final Bundle bundle;

  private final DesignerFolder designer;

  Assets(Bundle bundle, DesignerFolder designer) {
    this.bundle = bundle;
    this.designer = designer;
  }

  /** Whether the visual designer is installed. */
  boolean hasDesigner() {
    return designer.isThere();
  }

  String script() {
    return bundle.script(PAGES);
  }

  String style() {
    return bundle.style(PAGES);
  }

  /** Of the pages with an editor only. */
  String editorScript() {
    return bundle.script(EDITOR);
  }

  String editorStyle() {
    return bundle.style(EDITOR);
  }

  /** The script that draws the charts of a page from its tables. */
  String charts() {
    return bundle.script(CHARTS);
  }
}
