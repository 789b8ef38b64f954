package io.orderbridge.books;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rows as they came, by the page. */
class CellBytesTest {
  private static final String LONG = "长".repeat(9_000);

  private final CellBytes cells = new CellBytes();

  /** The pages of the block, all parts of each, by the first place. */
  private Map<Integer, byte[]> pages() {
    cells.endPage();
    ByteBuffer at = ByteBuffer.wrap(cells.block().array(), 0, cells.block().size());
    Map<Integer, ByteArrayOutputStream> pages = new TreeMap<>();
    Map<Integer, Integer> parts = new HashMap<>();
    while (at.hasRemaining()) {
      assertThat(at.getShort()).as("columns").isEqualTo((short) 3);
      assertThat(at.getInt()).isEqualTo(Integer.BYTES);
      int first = at.getInt();
      assertThat(at.getInt()).isEqualTo(Integer.BYTES);
      assertThat(at.getInt()).as("part").isEqualTo(parts.merge(first, 1, Integer::sum) - 1);
      byte[] part = new byte[at.getInt()];
      assertThat(part.length).as("fits a page").isLessThanOrEqualTo(8_000);
      at.get(part);
      pages.computeIfAbsent(first, no -> new ByteArrayOutputStream()).writeBytes(part);
    }
    Map<Integer, byte[]> whole = new TreeMap<>();
    pages.forEach((first, bytes) -> whole.put(first, bytes.toByteArray()));
    return whole;
  }

  @Test
  void every_row_is_found_in_the_page_whose_first_place_is_the_last_before_it() {
    for (int place = 8; place <= 8_000; place += 8) {
      cells.add(place, place == 4_000 ? LONG : "row " + place);
    }
    TreeMap<Integer, byte[]> pages = new TreeMap<>(pages());

    for (int place = 8; place <= 8_000; place += 8) {
      Map<Integer, String> found = new HashMap<>();
      CellBytes.find(pages.floorEntry(place).getValue(), Set.of(place), found);
      assertThat(found)
          .containsExactlyEntriesOf(Map.of(place, place == 4_000 ? LONG : "row " + place));
    }
  }

  @Test
  void a_row_that_is_said_otherwise_has_another_checksum_and_no_cells_have_none() {
    long one = cells.add(8, "A");

    assertThat(cells.add(16, "A")).isEqualTo(one);
    assertThat(cells.add(24, "B")).isNotEqualTo(one);
    assertThat(cells.add(32, "")).isZero();
    assertThat(pages().values()).singleElement().satisfies(page -> assertThat(page).hasSize(27));
  }
}
