package io.orderbridge.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orderbridge.Heart;
import io.orderbridge.inbox.AppliedMessages;
import io.orderbridge.inbox.ReceivingConnections;
import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.Person;
import io.orderbridge.kernel.Role;
import io.orderbridge.work.Unsettled;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A text is in force with its version, or nothing has changed. */
@Tag("R55")
class ReleaseActsDbTest {
  private static final String PATH = "mappings/erp/order.jsonata";
  private static final FilePath FILE = FilePath.of(PATH);
  private static final Person OWNER = new Person("li", role -> role == Role.OWNER);

  private final Heart heart = Heart.fresh();
  private final PlayedFolders folders = new PlayedFolders().put(PATH, "one");
  private final FileVersions versions = new FileVersions(heart.database);
  private final ShadowRun shadow =
      new ShadowRun(
          folders,
          new AppliedMessages(
              heart.database, new Unsettled(heart.database), new ReceivingConnections()),
          versions,
          heart.clock);
  private final ReleaseActs acts = new ReleaseActs(folders, versions, shadow, heart.clock);
  private final FileList list = new FileList(folders, versions);

  @AfterEach
  void end() {
    heart.close();
  }

  private Map<String, Object> release(String text) {
    return acts.release(OWNER, FILE, text, hash(), "because");
  }

  private String hash() {
    return folders.read(FILE).map(Hash::of).orElse("");
  }

  private static int status(Runnable act) {
    return catchThrowableOfType(Declined.class, act::run).status();
  }

  @Test
  void a_release_is_in_force_kept_with_its_reason_and_audited() {
    Map<String, Object> answer = release("two");

    assertThat(folders.text(PATH)).isEqualTo("two");
    assertThat(answer)
        .containsEntry("state", Folders.State.IN_FORCE)
        .containsEntry("since", PlayedFolders.LOOKED)
        .containsEntry("hash", hash());
    assertThat(list.history(OWNER, FILE))
        .extracting(version -> version.get("text"), version -> version.get("verdict"))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("two", "IN_FORCE"),
            org.assertj.core.groups.Tuple.tuple("one", "FOUND"));
    assertThat(list.one(OWNER, FILE)).containsEntry("changedBy", "li");
    assertThat(
            heart.texts(
                "select actor || ' ' || action || ' ' || subject || ' ' || reason" + " from audit"))
        .containsExactly("li file.released " + PATH + " because");
  }

  @Test
  void one_call_goes_back_to_the_text_that_stood_in_the_folder_before_the_first_release() {
    release("two");
    release("three");
    List<Map<String, Object>> history = list.history(OWNER, FILE);
    long first = (long) history.get(history.size() - 1).get("version");

    acts.rollBack(OWNER, FILE, first, "was better");

    assertThat(folders.text(PATH)).isEqualTo("one");
    assertThat(list.history(OWNER, FILE).get(0))
        .containsEntry("text", "one")
        .containsEntry("reason", "was better");
    assertThat(heart.texts("select action from audit order by id desc limit 1"))
        .containsExactly("file.rolled-back");
  }

  @Test
  void who_was_quicker_is_not_overwritten_and_both_hashes_are_told() {
    String read = hash();
    release("two");

    Declined late =
        catchThrowableOfType(
            Declined.class, () -> acts.release(OWNER, FILE, "mine", read, "because"));

    assertThat(late.status()).isEqualTo(409);
    assertThat(late.body())
        .containsEntry("from", read)
        .containsEntry("hash", hash())
        .containsEntry("changedBy", "li");
    assertThat(folders.text(PATH)).isEqualTo("two");
  }

  @Test
  void what_the_reload_would_refuse_is_not_written() {
    folders.refused = "bad";

    Declined refused = catchThrowableOfType(Declined.class, () -> release("bad"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.getMessage()).isEqualTo(PATH + ":3: is refused; write something else");
    assertThat(refused.body()).containsEntry("putBack", false).containsKey("advice");
    assertThat(folders.written).isZero();
    assertThat(heart.number("select count(*) from file_version")).isZero();
  }

  @Test
  void what_only_the_reload_refuses_is_put_back() {
    folders.refusedOnlyWhenBuilt = "bad";

    Declined refused = catchThrowableOfType(Declined.class, () -> release("bad"));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.body()).containsEntry("putBack", true);
    assertThat(folders.text(PATH)).isEqualTo("one");
    assertThat(list.history(OWNER, FILE).get(0))
        .containsEntry("verdict", "REFUSED")
        .containsEntry("refusal", PATH + ":7: cannot be built");
    assertThat(heart.texts("select action from audit order by id"))
        .containsExactly("file.released", "file.put-back");
    assertThat(list.one(OWNER, FILE)).containsEntry("changedBy", "");
  }

  @Test
  void a_new_file_that_is_refused_is_gone_again() {
    FilePath fresh = FilePath.of("mappings/erp/fresh.jsonata");
    folders.refusedOnlyWhenBuilt = "bad";

    assertThat(status(() -> acts.release(OWNER, fresh, "bad", "", "because"))).isEqualTo(422);

    assertThat(folders.text(fresh.toString())).isNull();
  }

  @Test
  void nobody_elses_text_is_put_back() {
    folders.refusedOnlyWhenBuilt = "bad";
    folders.quickerText = "theirs";

    Declined refused = catchThrowableOfType(Declined.class, () -> release("bad"));

    assertThat(refused.body()).containsEntry("putBack", false);
    assertThat(folders.text(PATH)).isEqualTo("theirs");
  }

  @Test
  void a_reload_that_does_not_look_is_told_as_such() {
    folders.looks = false;

    assertThat(release("two")).containsEntry("state", "NOT_TAKEN");
    assertThat(list.history(OWNER, FILE).get(0)).containsEntry("verdict", "NOT_TAKEN");
  }

  @ParameterizedTest
  @EnumSource(
      value = Role.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"OWNER", "ADMIN"})
  void no_other_role_releases_a_mapping(Role role) {
    Person other = new Person("wang", role::equals);

    assertThat(status(() -> acts.release(other, FILE, "two", hash(), "because"))).isEqualTo(403);
    assertThat(status(() -> acts.rollBack(other, FILE, 1, "because"))).isEqualTo(403);
    assertThat(folders.text(PATH)).isEqualTo("one");
  }

  @Test
  void a_reason_and_a_text_of_ones_own_are_wanted_and_templates_go_their_own_way() {
    FilePath template = FilePath.of("mappings/notices/shipped.sms.yaml");

    assertThat(status(() -> acts.release(OWNER, FILE, "two", hash(), " "))).isEqualTo(400);
    assertThat(status(() -> acts.release(OWNER, FILE, "one", hash(), "r"))).isEqualTo(409);
    assertThat(status(() -> acts.release(OWNER, FILE, " ", hash(), "r"))).isEqualTo(400);
    assertThat(status(() -> acts.release(OWNER, template, "text: x", "", "r"))).isEqualTo(409);
    assertThat(status(() -> acts.rollBack(OWNER, FILE, 99, "r"))).isEqualTo(404);
  }

  @Test
  void versions_and_verdicts_are_insert_only() {
    release("two");

    for (String table : List.of("file_version", "file_verdict")) {
      assertThatThrownBy(() -> heart.execute("delete from " + table))
          .hasStackTraceContaining("insert only");
    }
    assertThatThrownBy(() -> heart.execute("update file_version set text = 'other'"))
        .hasStackTraceContaining("insert only");
  }
}
