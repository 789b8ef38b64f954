package io.orderbridge.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.notice.AuditRules;
import io.orderbridge.notice.ChannelRules;
import io.orderbridge.notice.Content;
import io.orderbridge.notice.PersonalRule;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in mappings/rules/notices.yaml beside the gates. */
class NoticeRulesSectionTest {
  private record All(ChannelRules channels, List<PersonalRule> personal, AuditRules audit) {}

  private static All read(Section root) {
    return new All(
        NoticeRulesSection.policy(root),
        NoticeRulesSection.personal(root),
        NoticeRulesSection.audit(root));
  }

  private static List<FileProblem> problems(String text) {
    return ShippedRules.problems(
        new RuleFile<>("notices", NoticeRulesSectionTest::read, all -> {}, null), text);
  }

  @Test
  @Tag("R27")
  void the_shipped_file_is_read() {
    All all =
        ShippedRules.good(
            "notices", ShippedRules.text("notices.yaml"), NoticeRulesSectionTest::read);

    assertThat(all.channels().policy()).hasSize(4);
    assertThat(all.channels().cap("sms", Content.TRANSACTION).orElseThrow().most()).isEqualTo(5);
    assertThat(all.channels().cap("sms", Content.PROMOTION).orElseThrow().most()).isEqualTo(1);
    assertThat(all.personal()).extracting(PersonalRule::name).contains("replenish", "first-kit");
    assertThat(all.audit()).isEqualTo(new AuditRules(ZoneId.of("Asia/Shanghai"), 50));
  }

  @Test
  void what_is_left_out_is_as_by_default() {
    All all = ShippedRules.good("notices", "gates: []", NoticeRulesSectionTest::read);
    assertThat(all).isEqualTo(new All(ChannelRules.NONE, List.of(), AuditRules.DEFAULT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "policy: [{content: ADVERT, needs: never, rule: a}] | is 'ADVERT'",
        "policy: [{needs: maybe, rule: a}] | is 'maybe'",
        "policy: [{needs: never}] | has no 'rule'",
        "policy: [{needs: never, rule: a, chanels: [sms]}] | unknown key 'chanels'",
        "quiet: [{from: \"21:00\", to: \"21:00\"}] | ends when it begins",
        "quiet: [{from: \"25:00\", to: \"21:00\"}] | a time such as",
        "quiet: [{from: \"21:00\", to: \"08:00\", zone: Asia/Nowhere}] | a zone such as",
        "caps: [{most: 5/h}] | messages a day of the calendar such as 5/1d",
        "caps: [{most: 0/1d}] | a whole number from 1",
        "words: [{words: [], rule: a}] | 1 to 1000 words",
        "audit: {sample: 0} | a whole number from 1",
        "personal: {rules: [{name: a, priority: 1, block: {zh: b}}]} | holds for everybody",
        "personal: {rules: [{name: a, priority: 1, when: {contains: kit}, block: {zh: b}}]}"
            + " | one of the groups []",
        "personal: {rules: [{name: a, priority: 1, when: {first-order: true}}]} | no 'block'",
        "personal: {rules: [{name: a, priority: 1, when: {first-order: true},"
            + " block: {zh: \"{{prodct}}\"}}]} | near is 'product'",
        "personal: {rules: [{name: a, priority: 1, when: {first-order: true},"
            + " block: {zh: \"{{personal}}\"}}]} | without {{personal}} itself",
        "personal: {rules: [{name: a, priority: 1, when: {amount-over: 500.001 CNY},"
            + " block: {zh: b}}]} | more than the 2 decimals",
        "personal: {groups: {kit: {}}} | neither 'skus' nor 'titles'",
        "personal: {groups: {kit: {skus: [\"*\"]}}} | the beginning of one",
        "personal: {rates: {CNY: {USD: 1e3}}} | a plain decimal",
        "personal: {rates: {CNY: {YUAN: 1}}} | ISO 4217"
      })
  void what_is_wrong_is_refused_with_what_is_allowed(String text, String why) {
    assertThat(problems(text))
        .isNotEmpty()
        .allSatisfy(problem -> assertThat(problem.line()).isEqualTo(1))
        .anySatisfy(problem -> assertThat(problem.what()).contains(why));
  }
}
