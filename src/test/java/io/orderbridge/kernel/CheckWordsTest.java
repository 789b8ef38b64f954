package io.orderbridge.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("R61")
class CheckWordsTest {
  @Test
  void a_sentence_is_told_in_chinese_with_what_is_code_marked() {
    told(
        "'calls.push.rate' is 'fast', expected a rate such as 50/s or 10/m",
        "`calls.push.rate` 是 `fast`，应为速率，例如 `50/s`、`10/m`");
    told(
        "unknown key 'ur' in 'calls.push', expected one of url, method",
        "`calls.push` 中不认识的键 `ur`，可用的键：`url, method`");
    told(
        "would break a running route: routes/erp/a.camel.yaml:7: "
            + "'uri' has a '?'; write its options as keys of 'parameters'",
        "会使正在运行的路由失效：`routes/erp/a.camel.yaml` 第 `7` 行：`uri` 中有 `?`；请把选项写成 `parameters` 的键");
    told(
        "is not YAML: mapping values are not allowed here",
        "不是 YAML，解析器报告：`mapping values are not allowed here`");
    told(
        "outbox:erp: no connection file routes/erp/connection.yaml with 'owed' is loaded",
        "`outbox:erp`：没有加载含 `owed` 的连接文件 `routes/erp/connection.yaml`");
    told(
        "No bean could be found in the registry for: `x` of type: y",
        "检查报告：`No bean could be found in the registry for: 'x' of type: y`");
    told(
        "'signature' of receives: is 'md5', expected one of none, hmac-sha256",
        "`receives:` 的 `signature` 是 `md5`，应为以下之一：`none, hmac-sha256`");
  }

  private static void told(String english, String chinese) {
    assertThat(CheckWords.marked(english)).isEqualTo(chinese);
    assertThat(CheckWords.of(english).en()).isEqualTo(english);
    assertThat(CheckWords.of(english).zh()).doesNotContain("`");
  }

  @Test
  void problems_that_were_stored_as_text_are_read_again() {
    FileProblem first = new FileProblem("routes/erp/connection.yaml", 3, "is empty; x");
    FileProblem second = new FileProblem("mappings/rules/tickets.yaml", 0, "is empty");
    assertThat(FileProblem.stored(first + "; " + second)).isEqualTo(List.of(first, second));
    assertThat(FileProblem.stored("the reload did not look in time"))
        .isEqualTo(List.of(new FileProblem("", 0, "the reload did not look in time")));
    assertThat(first.said().zh()).startsWith("routes/erp/connection.yaml 第 3 行：");
    assertThat(second.said().zh()).isEqualTo("mappings/rules/tickets.yaml：文件是空的");
  }
}
