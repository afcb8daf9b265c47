package io.tributary.host.workshop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/// The JDK's own compiler, in this process: what it has read of the class path is there the next
/// time. All sources are compiled each time, which for a channel's dozen takes less than finding
/// out which could be left alone.
final class Compiler implements AutoCloseable {

    private static final List<String> OPTIONS = List.of("-proc:none", "-g", "-parameters");

    private final Project project;
    private final JavaCompiler compiler;
    private final StandardJavaFileManager files;

    /// @throws IllegalStateException this Java has no compiler
    Compiler(Project project) {
        this.project = project;
        this.compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException(
                    "this Java is a runtime without a compiler; set TRIBUTARY_JAVA_HOME to a JDK"
                            + " 25");
        }
        this.files = compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
    }

    /// Compiles all sources.
    ///
    /// @return classes by the names that they have in a jar
    /// @throws Faulty with every error
    Map<String, byte[]> compile(List<Path> classPath) throws Faulty, IOException {
        List<Path> sources =
                Project.files(project.sources()).stream()
                        .filter(each -> each.toString().endsWith(".java"))
                        .toList();
        if (sources.isEmpty()) {
            throw Faulty.of("There is no Java source in " + project.sources() + ".");
        }
        files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
        var said = new DiagnosticCollector<JavaFileObject>();
        var classes = new MemoryClasses(files);
        boolean compiled =
                compiler.getTask(
                                null,
                                classes,
                                said,
                                OPTIONS,
                                null,
                                files.getJavaFileObjectsFromPaths(sources))
                        .call();
        if (!compiled) {
            throw new Faulty(
                    said.getDiagnostics().stream()
                            .filter(each -> each.getKind() == Diagnostic.Kind.ERROR)
                            .map(this::complaint)
                            .toList());
        }
        return classes.classes();
    }

    private Complaint complaint(Diagnostic<? extends JavaFileObject> said) {
        JavaFileObject source = said.getSource();
        String text = said.getMessage(Locale.ROOT);
        if (source == null) {
            return Complaint.of(text);
        }
        Path file = Path.of(source.toUri());
        return new Complaint(
                project.folder().relativize(file).toString(),
                said.getLineNumber(),
                said.getColumnNumber(),
                text,
                line(file, said.getLineNumber()));
    }

    private static String line(Path file, long number) {
        try (var lines = Files.lines(file)) {
            return number < 1 ? "" : lines.skip(number - 1).findFirst().orElse("");
        } catch (IOException | java.io.UncheckedIOException changedMeanwhile) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        files.close();
    }
}
