package io.orderbridge.release;

import io.orderbridge.kernel.FileProblem;
import io.orderbridge.mapping.Mappings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Two folders in memory and a reload that refuses what a test wants it to. */
final class PlayedFolders implements Folders {
  static final Instant LOOKED = Instant.parse("2026-11-30T01:00:00Z");
  final Map<String, byte[]> files = new TreeMap<>();
  final Mappings mappings = new Mappings();
  final List<Use> uses = new ArrayList<>();
  String refusedOnlyWhenBuilt = "nothing";
  String refused = "nothing";
  String quickerText;
  boolean looks = true;
  int written;

  PlayedFolders put(String path, String text) {
    files.put(path, text.getBytes(StandardCharsets.UTF_8));
    if (path.startsWith("mappings/")) {
      mappings.load(Map.of(path.substring("mappings/".length()), files.get(path)), Set.of());
    }
    return this;
  }

  String text(String path) {
    byte[] bytes = files.get(path);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public List<Known> list() {
    return files.keySet().stream().map(FilePath::of).map(this::find).map(Optional::get).toList();
  }

  @Override
  public Optional<Known> find(FilePath path) {
    return read(path)
        .map(text -> new Known(path, Hash.of(text), LOOKED, State.IN_FORCE, List.of(), null));
  }

  @Override
  public Optional<byte[]> read(FilePath path) {
    return Optional.ofNullable(files.get(path.toString()));
  }

  @Override
  public List<FileProblem> check(FilePath path, byte[] text) {
    return new String(text, StandardCharsets.UTF_8).contains(refused)
        ? List.of(new FileProblem(path.toString(), 3, "is refused; write something else"))
        : List.of();
  }

  @Override
  public void write(FilePath path, Optional<byte[]> text) {
    written++;
    if (text.isPresent()) {
      files.put(path.toString(), text.get());
    } else {
      files.remove(path.toString());
    }
  }

  @Override
  public Optional<Verdict> await(FilePath path, byte[] text, Duration most) {
    if (!looks) {
      return Optional.empty();
    }
    boolean bad = new String(text, StandardCharsets.UTF_8).contains(refusedOnlyWhenBuilt);
    if (bad && quickerText != null) {
      put(path.toString(), quickerText);
    }
    return Optional.of(
        bad
            ? new Verdict(
                LOOKED,
                State.REFUSED,
                List.of(new FileProblem(path.toString(), 7, "cannot be built")),
                List.of())
            : new Verdict(LOOKED, State.IN_FORCE, List.of(), List.of()));
  }

  @Override
  public List<Step> outline(FilePath path, String text) {
    return List.of();
  }

  @Override
  public List<Key> keys(FilePath path, List<String> place) {
    return List.of();
  }

  @Override
  public List<Use> uses() {
    return uses;
  }

  @Override
  public Mappings mappings() {
    return mappings;
  }
}
