package io.orderbridge.release;

import io.orderbridge.kernel.Declined;
import io.orderbridge.kernel.FileProblem;
import io.orderbridge.kernel.Role;
import io.orderbridge.mapping.Mappings;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The two watched folders and what the reload says of them; {@code runtime} has them. */
public interface Folders {
  /** Who may read the files and try changes: they hold no secrets and no personal data. */
  Set<Role> READERS = EnumSet.of(Role.OPS, Role.SRE, Role.MANAGER, Role.OWNER, Role.ADMIN);

  /** Who may look into what partners sent, as with dead letters. */
  Set<Role> PERSONAL = EnumSet.of(Role.OPS, Role.SRE, Role.OWNER, Role.ADMIN);

  /** What is known of a file. */
  enum State {
    IN_FORCE,
    /** An earlier version runs on, if there was one. */
    REFUSED,
    /** Its connection is switched off. */
    RESTING
  }

  /**
   * A file of the folders.
   *
   * @param hash of its text
   * @param modifiedAt as the file system says
   * @param problems what is wrong with it now; empty unless it is refused
   * @param last when it was refused last in this process, and why; null when it never was
   */
  record Known(
      FilePath path,
      String hash,
      Instant modifiedAt,
      State state,
      List<FileProblem> problems,
      Refused last) {}

  /** A refusal of the reload. */
  record Refused(Instant at, List<FileProblem> problems) {}

  /**
   * What the reload made of a text that was written.
   *
   * @param others files that it refuses since then, which it did not before
   */
  record Verdict(Instant at, State state, List<FileProblem> problems, List<FileProblem> others) {}

  /**
   * Messages to which a mapping is applied as they came.
   *
   * @param stream of the inbox
   * @param recorded whether what the mapping makes is recorded as facts of orders
   */
  record Use(String stream, String mapping, boolean recorded) {}

  /** Every file that can be edited, by path. */
  List<Known> list();

  /** One of them; empty when there is none. */
  Optional<Known> find(FilePath path);

  /** Its text as bytes; empty when there is none. */
  Optional<byte[]> read(FilePath path);

  /**
   * What the reload would refuse, without taking anything in force. What only a build on the
   * changed connection can tell is told by the reload alone.
   */
  List<FileProblem> check(FilePath path, byte[] text);

  /**
   * Writes the file at once and whole, or removes it when there is no text.
   *
   * @throws Declined when the folder cannot be written
   */
  void write(FilePath path, Optional<byte[]> text);

  /** Waits until the reload has looked at this text; empty when it does not in time. */
  Optional<Verdict> await(FilePath path, byte[] text, Duration most);

  /**
   * The steps of a route, as Camel reads them; nothing of it is started. Empty when it cannot be
   * read: {@link #check} says why.
   */
  List<Step> outline(FilePath path, String text);

  /**
   * The keys that may stand at a place, as the checks know them; empty when nothing is known.
   *
   * @param place keys from the root on, {@code *} for the elements of a list
   */
  List<Key> keys(FilePath path, List<String> place);

  /** How the routes in force use mappings on messages as they came. */
  List<Use> uses();

  /** The mappings in force. */
  Mappings mappings();
}
