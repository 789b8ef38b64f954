package io.orderbridge.house;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** The compiled classes of src/main/java and the questions that several rules put to them. */
final class MainClasses {
  static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(location -> isMain(location.asURI().toString()))
          .importPackages("io.orderbridge");

  private MainClasses() {}

  /** Each call, method reference or field access of the kind, with its line and the advice. */
  static List<String> accesses(
      Predicate<JavaClass> by, Predicate<JavaAccess<?>> wrong, String instead) {
    return ALL.stream()
        .filter(by)
        .flatMap(type -> type.getAccessesFromSelf().stream())
        .filter(wrong)
        .map(access -> access.getDescription() + "; " + instead)
        .sorted()
        .toList();
  }

  static Predicate<JavaClass> in(String... packages) {
    return type -> List.of(packages).contains(packageOf(type));
  }

  /** The first name below the root: the feature. */
  static String packageOf(JavaClass type) {
    return type.getPackageName()
        .replaceFirst("^io\\.orderbridge\\.?", "")
        .replaceFirst("\\..*", "");
  }

  static boolean calls(JavaAccess<?> access, String owner, String... methods) {
    return access.getTargetOwner().getName().equals(owner)
        && Set.of(methods).contains(access.getName());
  }

  /** Whether a class comes from src/main/java, wherever the compiler has put it. */
  private static boolean isMain(String location) {
    int at = location.lastIndexOf("io/orderbridge/");
    String type = location.substring(Math.max(at, 0)).replace(".class", "").replaceAll("\\$.*", "");
    return Files.exists(Path.of("src/main/java", type + ".java"));
  }
}
