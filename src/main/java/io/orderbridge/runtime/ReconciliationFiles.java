package io.orderbridge.runtime;

import io.orderbridge.reconciliation.Reconciliations;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files {@code mappings/reconciliations/<name>.yaml}: two books that have to agree each. */
final class ReconciliationFiles implements FolderFiles {
  private static final String FOLDER = "reconciliations/";
  private static final Pattern FILE =
      Pattern.compile("reconciliations/([a-z0-9][a-z0-9-]{0,59})\\.ya?ml");

  private final Reconciliations reconciliations;

  ReconciliationFiles(Reconciliations reconciliations) {
    this.reconciliations = reconciliations;
  }

  @Override
  public boolean isBelow(String path) {
    return path.startsWith(FOLDER);
  }

  @Override
  public String names() {
    return "is not read: reconciliations are reconciliations/<name>.yaml, for example"
        + " reconciliations/shop-payments.yaml";
  }

  @Override
  public Optional<RuleFile<?>> find(String path, String text) {
    Matcher matcher = FILE.matcher(path);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String name = matcher.group(1);
    return Optional.of(
        new RuleFile<Reconciliations.Loaded>(
            path,
            root -> ReconciliationRules.read(name, text, root),
            loaded -> reconciliations.replace(name, loaded),
            null));
  }
}
