package io.orderbridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.orderbridge.kernel.FileProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeTableTest {

  @Test
  void what_a_spreadsheet_writes_is_read() {
    CodeTable table =
        CodeTable.read(
            "mappings/a/t.csv",
            "code,name\r\n# a comment, with \"quotes\r\n\r\nSF,\"S.F. \"\"Express\"\", Ltd\"\r\n"
                + " YT , 圆通 \r\n\"#1\",\"two\nlines\"\nend,");
    assertThat(table.columns()).isEqualTo(List.of("code", "name"));
    assertThat(table.cell("SF", "name")).isEqualTo("S.F. \"Express\", Ltd");
    assertThat(table.cell("YT", "name")).isEqualTo("圆通");
    assertThat(table.cell("#1", "name")).isEqualTo("two\nlines");
    assertThat(table.cell("end", "name")).isEmpty();
    assertThat(table.cell("XX", "name")).isNull();
  }

  @Test
  void a_byte_order_mark_is_dropped() {
    MappingFiles files =
        MappingFiles.with("a/t.csv", "\uFEFFk,v\n1,one").and("a/m.jsonata", "$table('a/t',1,'v')");
    assertThat(files.apply("a/m", "{}")).isEqualTo("one");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          k,v~a,1~b,2~a,3     | 4 | line 2
          k,v~a               | 2 | 1 cells
          k,v~a,1,2           | 2 | 3 cells
          k,v~,1              | 2 | empty
          k;v~a;1             | 1 | commas
          k,k~a,1             | 1 | repeated
          k,v~x,1~"a,1~b,2    | 3 | never closed
          k,v~"a"b,1          | 2 | closing quote
          # only a comment    | 0 | no line
          """)
  void a_wrong_table_is_refused_with_its_line(String text, int line, String what) {
    List<FileProblem> problems = new MappingFiles().load("a/t.csv", text.replace('~', '\n'));
    assertThat(problems).hasSize(1);
    assertThat(problems.get(0).file()).isEqualTo("mappings/a/t.csv");
    assertThat(problems.get(0).line()).isEqualTo(line);
    assertThat(problems.get(0).what()).contains(what);
  }

  @Test
  void a_table_has_a_limit() {
    String text = "k,v\n" + "x,1\n".repeat(100_001);
    var refused = catchThrowableOfType(MappingFileException.class, () -> CodeTable.read("t", text));
    assertThat(refused).hasMessageContaining("100000");
  }
}
