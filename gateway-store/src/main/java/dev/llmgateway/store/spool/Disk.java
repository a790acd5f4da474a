package dev.llmgateway.store.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;

/** Where the files of a spool are: a disk may be full, or may hang. */
interface Disk {

    /** The file system that paths belong to. */
    Disk USUAL = OwnFiles::open;

    /** Opens a file, which is the owner's alone when it is made. */
    FileChannel open(Path file, Set<? extends OpenOption> options) throws IOException;
}
