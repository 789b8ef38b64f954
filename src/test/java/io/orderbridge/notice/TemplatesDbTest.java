package io.orderbridge.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderbridge.Heart;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Refusal;
import io.orderbridge.kernel.Role;
import io.orderbridge.notice.Templates.Key;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Operations edits, another person approves, one call takes it back; each is live at once. */
@Tag("R25")
@Tag("R59")
class TemplatesDbTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Key SHIPPED = new Key("shipped", "sms");
  private static final Key OTHER = new Key("delivered", "push");
  private static final Person OPS = new Person("olga", role -> role == Role.OPS);
  private static final Person BOSS = new Person("bao", role -> role == Role.MANAGER);
  private static final Person NOBODY = new Person("nina", role -> role == Role.CS);

  private final Heart heart = Heart.fresh();
  private final ShippedTemplates files = new ShippedTemplates();
  private final Templates templates = new Templates(files);
  private final TemplateActs acts = new TemplateActs(heart.database, files);
  private final TemplateList list = new TemplateList(heart.database, files);

  @AfterEach
  void end() {
    heart.close();
  }

  private static Map<String, Object> words(String text) {
    return Map.of("text", text);
  }

  private String current(Key key) {
    Template template =
        heart.database.inTransaction(c -> templates.current(c, Set.of(key))).get(key);
    return template == null ? "none" : template.version() + " " + template.text();
  }

  private List<String> audited() {
    List<String> acts = new ArrayList<>();
    heart.database.run(
        connection -> {
          try (var query =
                  connection.prepareStatement(
                      "select actor || ' ' || action || ' ' || subject || ' ' || reason || ' '"
                          + " || detail from audit order by id");
              var rows = query.executeQuery()) {
            while (rows.next()) {
              acts.add(rows.getString(1));
            }
          }
        });
    return acts;
  }

  @Test
  void what_is_shipped_counts_until_something_is_approved() {
    assertThat(current(SHIPPED)).isEqualTo("none");
    files.replace(SHIPPED, TemplateBody.read("shipped", "sms", 0, words("file")));
    assertThat(current(SHIPPED)).isEqualTo("0 file");

    acts.save(OPS, SHIPPED, words("draft"), NOW);
    assertThat(current(SHIPPED)).isEqualTo("0 file");
    acts.approve(BOSS, SHIPPED, 1, NOW);
    assertThat(current(SHIPPED)).isEqualTo("1 draft");
  }

  @Test
  void many_are_read_at_once_from_both() {
    files.replace(SHIPPED, TemplateBody.read("shipped", "sms", 0, words("file")));
    files.replace(OTHER, TemplateBody.read("delivered", "push", 0, words("file too")));
    acts.save(OPS, OTHER, words("own"), NOW);
    acts.approve(BOSS, OTHER, 1, NOW);

    Map<Key, Template> current =
        heart.database.inTransaction(
            c -> templates.current(c, Set.of(SHIPPED, OTHER, new Key("x", "y"))));
    assertThat(current).containsOnlyKeys(SHIPPED, OTHER);
    assertThat(current.get(OTHER).text()).hasToString("own");
  }

  @Test
  void an_edit_of_operations_is_in_the_next_message_without_a_restart() {
    acts.save(OPS, OTHER, words("{{customer}}已发货"), NOW);
    acts.approve(BOSS, OTHER, 1, NOW);
    acts.save(OPS, OTHER, words("{{customer|您}}的包裹已发货"), NOW);
    acts.approve(BOSS, OTHER, 2, NOW);

    Template now =
        heart.database.inTransaction(c -> templates.current(c, Set.of(OTHER))).get(OTHER);
    assertThat(now.render("jpush", 100, Map.of()).text()).isEqualTo("您的包裹已发货");
    assertThat(now.version()).isEqualTo(2);
  }

  @Test
  void who_edited_does_not_approve_and_who_has_no_role_does_neither() {
    acts.save(OPS, SHIPPED, words("a"), NOW);
    assertThatThrownBy(() -> acts.approve(OPS, SHIPPED, 1, NOW))
        .isInstanceOfSatisfying(Declined.class, e -> assertThat(e.status()).isEqualTo(403))
        .hasMessageContaining("another person");
    assertThatThrownBy(() -> acts.approve(NOBODY, SHIPPED, 1, NOW))
        .hasMessageContaining("one of the roles manager, ops");
    assertThatThrownBy(() -> acts.save(BOSS, SHIPPED, words("a"), NOW))
        .hasMessageContaining("one of the roles ops");
    assertThatThrownBy(() -> acts.rollBack(NOBODY, SHIPPED, 0, "r", NOW))
        .hasMessageContaining("one of the roles");
    assertThat(current(SHIPPED)).isEqualTo("none");
    assertThat(audited()).hasSize(1);
  }

  @Test
  void a_draft_that_another_replaced_is_approved_by_nobody() {
    acts.save(OPS, SHIPPED, words("a"), NOW);
    acts.save(OPS, SHIPPED, words("b"), NOW);
    assertThatThrownBy(() -> acts.approve(BOSS, SHIPPED, 1, NOW))
        .isInstanceOfSatisfying(Declined.class, e -> assertThat(e.status()).isEqualTo(409));
    acts.approve(BOSS, SHIPPED, 2, NOW);
    assertThatThrownBy(() -> acts.approve(BOSS, SHIPPED, 2, NOW)).hasMessageContaining("APPROVED");
    assertThatThrownBy(() -> acts.approve(BOSS, SHIPPED, 9, NOW)).hasMessageContaining("version 9");
  }

  @Test
  @Tag("R19")
  void a_template_with_an_unknown_variable_is_not_saved() {
    assertThatThrownBy(() -> acts.save(OPS, SHIPPED, words("{{prodct}}"), NOW))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.place()).isEqualTo("/text"));
    assertThat(list.find(SHIPPED)).isEmpty();
    assertThat(audited()).isEmpty();
  }

  @Test
  void one_call_goes_back_and_every_act_is_audited() {
    acts.save(OPS, SHIPPED, words("one"), NOW);
    acts.approve(BOSS, SHIPPED, 1, NOW);
    acts.save(OPS, SHIPPED, words("two"), NOW);
    acts.approve(BOSS, SHIPPED, 2, NOW);

    assertThat(acts.rollBack(OPS, SHIPPED, 1, "wrong link", NOW)).isEqualTo(3);
    assertThat(current(SHIPPED)).isEqualTo("3 one");
    assertThat(audited())
        .containsExactly(
            "olga notice-template.saved shipped.sms  version=1",
            "bao notice-template.approved shipped.sms  version=1 edited_by=olga",
            "olga notice-template.saved shipped.sms  version=2",
            "bao notice-template.approved shipped.sms  version=2 edited_by=olga",
            "olga notice-template.rolled-back shipped.sms wrong link version=3 based_on=1");
  }

  @Test
  void one_goes_back_to_what_was_approved_or_shipped_only() {
    acts.save(OPS, SHIPPED, words("one"), NOW);
    assertThatThrownBy(() -> acts.rollBack(OPS, SHIPPED, 1, "r", NOW))
        .hasMessageContaining("never approved");
    acts.approve(BOSS, SHIPPED, 1, NOW);
    assertThatThrownBy(() -> acts.rollBack(OPS, SHIPPED, 1, "r", NOW))
        .hasMessageContaining("current already");
    assertThatThrownBy(() -> acts.rollBack(OPS, SHIPPED, 0, "r", NOW))
        .hasMessageContaining("is shipped");
    assertThatThrownBy(() -> acts.rollBack(OPS, SHIPPED, 0, " ", NOW))
        .hasMessageContaining("'reason'");

    files.replace(SHIPPED, TemplateBody.read("shipped", "sms", 0, words("file")));
    acts.rollBack(OPS, SHIPPED, 0, "r", NOW);
    assertThat(current(SHIPPED)).isEqualTo("2 file");
  }

  @Test
  void the_list_tells_what_counts_and_the_history_keeps_every_word() {
    files.replace(SHIPPED, TemplateBody.read("shipped", "sms", 0, words("file")));
    acts.save(OPS, SHIPPED, words("one"), NOW);
    assertThat(list.all())
        .extracting(view -> view.get("version") + " " + view.get("state"))
        .containsExactly("1 DRAFT", "0 APPROVED");
    acts.approve(BOSS, SHIPPED, 1, NOW);
    acts.save(OPS, SHIPPED, words("two"), NOW);

    List<?> versions = (List<?>) list.find(SHIPPED).orElseThrow().get("versions");
    assertThat(versions)
        .extracting(
            view -> ((Map<?, ?>) view).get("version") + " " + ((Map<?, ?>) view).get("state"))
        .containsExactly("2 DRAFT", "1 APPROVED", "0 RETIRED");
    assertThat(list.version(SHIPPED, null).text()).hasToString("two");
    assertThat(list.version(SHIPPED, 1).text()).hasToString("one");
    assertThat(list.version(SHIPPED, 0).text()).hasToString("file");
  }

  @Test
  void what_cannot_be_read_any_more_does_not_keep_the_others() {
    files.replace(SHIPPED, TemplateBody.read("shipped", "sms", 0, words("file")));
    acts.save(OPS, SHIPPED, words("own"), NOW);
    acts.approve(BOSS, SHIPPED, 1, NOW);
    heart.execute("update notice_template set body = '{\"text\": \"{{newer}}\"}'");
    assertThat(current(SHIPPED)).isEqualTo("0 file");
  }

  @Test
  void whoever_acts_at_the_same_time_one_version_is_current_and_one_is_a_draft() throws Exception {
    ExecutorService people = Executors.newFixedThreadPool(8);
    List<Callable<Integer>> saves = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      saves.add(() -> acts.save(OPS, SHIPPED, words("x"), NOW));
    }
    Set<Integer> versions = new java.util.TreeSet<>();
    for (Future<Integer> save : people.invokeAll(saves)) {
      versions.add(save.get());
    }
    assertThat(versions).hasSize(40);
    List<Callable<Integer>> approvals = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      approvals.add(
          () -> {
            try {
              acts.approve(BOSS, SHIPPED, 40, NOW);
              return 1;
            } catch (Declined e) {
              return 0;
            }
          });
    }
    int approved = 0;
    for (Future<Integer> approval : people.invokeAll(approvals)) {
      approved += approval.get();
    }
    people.shutdown();
    assertThat(approved).isEqualTo(1);
    assertThat(current(SHIPPED)).isEqualTo("40 x");
  }

  @Test
  void a_saved_body_keeps_the_order_of_its_values() {
    Map<String, Object> values = new LinkedHashMap<>();
    List<String> names = List.of("z", "a", "m", "b", "2", "1");
    names.forEach(name -> values.put(name, "{{order}}"));
    acts.save(
        OPS, SHIPPED, Map.of("text", "t", "vendors", Map.of("v", Map.of("values", values))), NOW);
    acts.approve(BOSS, SHIPPED, 1, NOW);
    Template template =
        heart.database.inTransaction(c -> templates.current(c, Set.of(SHIPPED))).get(SHIPPED);
    assertThat(template.render("v", 100, Map.of()).values().keySet())
        .containsExactlyElementsOf(names);
  }
}
