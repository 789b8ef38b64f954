package io.orderbridge.runtime;

import io.orderbridge.alert.Policies;
import io.orderbridge.consistency.Comparisons;
import io.orderbridge.consistency.ContradictionRules;
import io.orderbridge.consistency.ContradictionRulesInForce;
import io.orderbridge.consistency.LinkLimits;
import io.orderbridge.consistency.LinkLimitsInForce;
import io.orderbridge.consistency.StuckLimits;
import io.orderbridge.consistency.StuckLimitsInForce;
import io.orderbridge.notice.NoticeRules;
import io.orderbridge.notice.NoticeRulesInForce;
import io.orderbridge.notice.ShippedTemplates;
import io.orderbridge.payment.PaymentPolicy;
import io.orderbridge.payment.PaymentRules;
import io.orderbridge.reconciliation.Definitions;
import io.orderbridge.reconciliation.Reconciliations;
import io.orderbridge.repair.RepairRules;
import io.orderbridge.repair.RulesInForce;
import io.orderbridge.score.HealthRules;
import io.orderbridge.score.HealthRulesInForce;
import io.orderbridge.ticket.PolicyInForce;
import io.orderbridge.ticket.TicketPolicy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** All files of {@code mappings/rules/} that there are, and the features that live by them. */
@Singleton
final class RuleKinds {
  private final List<RuleFile<?>> files;
  private final List<FolderFiles> folders;

  /** Where each feature keeps the rules it lives by. */
  @Singleton
  record InForce(
      PolicyInForce tickets,
      Comparisons comparisons,
      ContradictionRulesInForce contradictions,
      StuckLimitsInForce stuck,
      LinkLimitsInForce links,
      Policies alerts,
      PaymentPolicy payments,
      RulesInForce repairs,
      NoticeRulesInForce notices,
      ShippedTemplates templates,
      Reconciliations reconciliations,
      Definitions definitions,
      HealthRulesInForce health) {
    /** Rules by which nobody lives. */
    static InForce nobody() {
      return new InForce(
          new PolicyInForce(),
          new Comparisons(),
          new ContradictionRulesInForce(),
          new StuckLimitsInForce(),
          new LinkLimitsInForce(),
          new Policies(),
          new PaymentPolicy(),
          new RulesInForce(),
          new NoticeRulesInForce(),
          new ShippedTemplates(),
          new Reconciliations(),
          new Definitions(),
          new HealthRulesInForce());
    }
  }

  @Inject
  RuleKinds(InForce in) {
    this.folders =
        List.of(
            new TemplateFiles(in.templates()),
            new ReconciliationFiles(in.reconciliations()),
            new DefinitionFiles(in.definitions()));
    this.files =
        List.of(
            new RuleFile<>("tickets", TicketRules::read, in.tickets()::replace, TicketPolicy.NONE),
            new RuleFile<>(
                "comparisons", ComparisonRules::read, in.comparisons()::replace, List.of()),
            new RuleFile<>(
                "contradictions",
                ContradictionsSection::read,
                in.contradictions()::replace,
                ContradictionRules.NONE),
            new RuleFile<>("stuck", StuckSection::read, in.stuck()::replace, StuckLimits.NONE),
            new RuleFile<>("links", LinksSection::read, in.links()::replace, LinkLimits.DEFAULT),
            AlertRules.file(in.alerts()),
            new RuleFile<>(
                "payments", PaymentsSection::read, in.payments()::use, PaymentRules.NONE),
            new RuleFile<>(
                "repairs", RepairRulesSection::read, in.repairs()::use, RepairRules.DEFAULT),
            new RuleFile<>("notices", GatesSection::read, in.notices()::use, NoticeRules.NONE),
            new RuleFile<>("health", HealthSection::read, in.health()::use, HealthRules.NONE));
  }

  /** With features that nobody else sees. */
  RuleKinds() {
    this(InForce.nobody());
  }

  /** The files, to be put in force. */
  List<RuleFile<?>> inForce() {
    return files;
  }

  /** The folders whose files are a thing each. */
  List<FolderFiles> folders() {
    return folders;
  }

  /** The same files, read and used by nobody: for {@code orderbridge check} and tests. */
  static List<RuleFile<?>> checking() {
    return new RuleKinds().files;
  }
}
