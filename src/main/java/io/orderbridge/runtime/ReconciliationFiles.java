package io.orderbridge.runtime;

import io.orderbridge.reconciliation.Reconciliations;
import java.util.regex.MatchResult;

/** The files {@code mappings/reconciliations/<name>.yaml}: two books that have to agree each. */
final class ReconciliationFiles extends FolderFiles {
  private final Reconciliations reconciliations;

  ReconciliationFiles(Reconciliations reconciliations) {
    super("reconciliations", "reconciliations", "<name>", "shop-payments");
    this.reconciliations = reconciliations;
  }

  @Override
  RuleFile<Reconciliations.Loaded> file(String path, MatchResult words, String text) {
    String name = words.group(1);
    return new RuleFile<>(
        path,
        root -> ReconciliationRules.read(name, text, root),
        loaded -> reconciliations.replace(name, loaded),
        null);
  }
}
