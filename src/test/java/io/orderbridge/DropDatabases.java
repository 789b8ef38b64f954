package io.orderbridge;

import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Takes the databases of a test class away when the class has ended: some thousand of them are more
 * than a small disk has. Found by JUnit itself, for every class.
 */
public final class DropDatabases implements AfterAllCallback {
  @Override
  public void afterAll(ExtensionContext context) {
    boolean outermost = context.getRequiredTestClass().getEnclosingClass() == null;
    if (outermost) {
      TestDatabase.dropAll();
    }
  }
}
