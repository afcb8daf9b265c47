package io.tributary.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Does what the page says, block by block, with the real launcher and the real Maven.
@DisplayName("docs/write-a-channel.md")
@Timeout(1200)
final class WriteAChannelIT {

    private static final Path PAGE = Path.of("../../docs/write-a-channel.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\\n(.*?)^```$");
    private static final Pattern FILE = Pattern.compile("\\A// (\\S+\\.java)\\n");

    @TempDir Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();
    private Path here = Path.of("");

    private record Block(String language, String text) {}

    @Test
    @DisplayName("leads from nothing to a signed jar that a member serves")
    void worksAsWritten() throws Exception {
        here = Files.createDirectory(folder.resolve("work"));
        List<String> said = new ArrayList<>();
        Deque<Workbench> benches = new ArrayDeque<>();
        Deque<Member> members = new ArrayDeque<>();
        try {
            for (Block block : blocks()) {
                switch (block.language()) {
                    case "sh" -> {
                        if (block.text().contains("tributary plugin add")) {
                            members.add(member());
                        }
                        if (block.text().contains("tributary dev")) {
                            here = here.resolve("paging");
                            benches.add(Workbench.start(here));
                        } else {
                            said.add(sh(block.text()));
                        }
                    }
                    case "diff" -> {
                        Files.writeString(here.resolve("page.diff"), block.text());
                        sh("git apply page.diff && rm page.diff");
                        Workbench bench = benches.getLast();
                        bench.awaitSaid("ms after the save");
                        assertThat(bench.text("1", "SOS, third floor").statusCode()).isEqualTo(202);
                        assertThat(bench.read("/v1/interactions").body())
                                .contains("\"type\":\"alert\"");
                        bench.close();
                    }
                    case "java" -> {
                        var name = FILE.matcher(block.text());
                        assertThat(name.find()).as("the block names its file").isTrue();
                        Files.writeString(here.resolve(name.group(1)), block.text());
                    }
                    default -> throw new AssertionError("nobody runs " + block.language());
                }
            }
        } finally {
            for (Workbench each : benches) {
                each.close();
            }
            for (Member each : members) {
                each.close();
            }
        }
        assertThat(said).as("shell blocks that were run").hasSize(4);
        assertThat(said.getLast()).contains("paging", "0.1.0-SNAPSHOT");
        assertThat(here.resolve("target/surefire-reports/com.example.paging.AlertTest.txt"))
                .content()
                .contains("Tests run: 1, Failures: 0");
    }

    private static List<Block> blocks() throws Exception {
        List<Block> blocks = new ArrayList<>();
        var found = BLOCK.matcher(Files.readString(PAGE));
        while (found.find()) {
            blocks.add(new Block(found.group(1), found.group(2)));
        }
        return blocks;
    }

    /// What the page takes for granted before its last step.
    private Member member() throws Exception {
        Member member =
                Member.start(
                        Distribution.BUILT,
                        Files.createDirectory(folder.resolve("member")),
                        Map.of("TRIBUTARY_PLUGINS_TRUST", here.resolve("trust.yaml").toString()));
        environment.put("TRIBUTARY_URL", member.url().toString());
        environment.put("TRIBUTARY_TOKEN", Member.TOKEN);
        return member;
    }

    private String sh(String script) throws Exception {
        Files.writeString(
                folder.resolve("script.sh"),
                "set -eu\nmvn() { command mvn -o \"$@\"; }\n" + script);
        var said = new Shell(here, environment).run("bash", folder.resolve("script.sh").toString());
        assertThat(said.exit()).as("%s\n%s", script, said.text()).isZero();
        return said.text();
    }
}
