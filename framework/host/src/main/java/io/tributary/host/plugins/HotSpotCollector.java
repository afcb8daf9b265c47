package io.tributary.host.plugins;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Collects by the JVM that this runs on.
///
/// With `-XX:+ExplicitGCInvokesConcurrent` `System.gc()` stops the process for milliseconds only.
/// But such a collection takes whatever is in the young generation for used, and a class loader
/// stays there until it has outlived some fifteen collections, so it proves nothing. The histogram
/// of classes, which nobody reads here, is the one order that collects everything in one pause
/// whatever the flags are.
final class HotSpotCollector implements Collector {

    private static final Logger LOG = LoggerFactory.getLogger(HotSpotCollector.class);

    @Override
    public void ask() {
        System.gc();
    }

    @Override
    public void insist() {
        try {
            var _ =
                    ManagementFactory.getPlatformMBeanServer()
                            .invoke(
                                    new ObjectName("com.sun.management:type=DiagnosticCommand"),
                                    "gcClassHistogram",
                                    new Object[] {new String[0]},
                                    new String[] {String[].class.getName()});
        } catch (JMException missing) {
            LOG.debug("this JVM makes no histogram of classes", missing);
            System.gc();
        }
    }
}
