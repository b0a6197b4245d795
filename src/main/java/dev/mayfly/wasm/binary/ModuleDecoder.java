package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.Section;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/**
 * Decodes a module (core specification 2.0, section 5.5.17) from a stream and tells a visitor what it holds. Nothing is
 * kept but a window of the binary, whatever the binary's size.
 */
public final class ModuleDecoder {

    private static final int MAGIC = 0x6D736100; // "\0asm", little-endian
    private static final int VERSION = 1;
    private static final int COMPONENT_LAYER = 1;

    /** The order in which sections stand in a binary; custom sections may stand anywhere. */
    private static final List<Integer> ORDER = List.of(
            Section.TYPE,
            Section.IMPORT,
            Section.FUNCTION,
            Section.TABLE,
            Section.MEMORY,
            Section.GLOBAL,
            Section.EXPORT,
            Section.START,
            Section.ELEMENT,
            Section.DATA_COUNT,
            Section.CODE,
            Section.DATA);

    private final Map<Integer, SectionFormat> formats = Map.ofEntries(
            Map.entry(Section.CUSTOM, new CustomSection()),
            Map.entry(Section.TYPE, new TypeSection()),
            Map.entry(Section.IMPORT, new ImportSection()),
            Map.entry(Section.FUNCTION, new FunctionSection()),
            Map.entry(Section.TABLE, new TableSection()),
            Map.entry(Section.MEMORY, new MemorySection()),
            Map.entry(Section.GLOBAL, new GlobalSection()),
            Map.entry(Section.EXPORT, new ExportSection()),
            Map.entry(Section.START, new StartSection()),
            Map.entry(Section.ELEMENT, new ElementSection()),
            Map.entry(Section.DATA_COUNT, new DataCountSection()),
            Map.entry(Section.CODE, new CodeSection()),
            Map.entry(Section.DATA, new DataSection()));

    private final BinaryReader in;
    private final Totals totals;
    private final SectionInput input;
    private int nextInOrder;

    private ModuleDecoder(InputStream binary, BinaryLimits limits, ModuleVisitor visitor) {
        this.in = new BinaryReader(binary);
        this.totals = new Totals(limits);
        this.input = new SectionInput(in, new InstructionReader(in, limits), limits, totals, visitor);
    }

    /**
     * Decodes a module.
     *
     * @param binary is read to its end, not closed
     * @return the binary's size in bytes
     * @throws ModuleException if the module is malformed, beyond a limit, uses a later proposal, or the visitor refuses
     *     it
     * @throws IOException if reading failed
     */
    public static long decode(InputStream binary, BinaryLimits limits, ModuleVisitor visitor)
            throws IOException, ModuleException {
        return new ModuleDecoder(binary, limits, visitor).decode();
    }

    private long decode() throws IOException, ModuleException {
        header();
        while (!in.atEnd()) {
            section();
        }
        totals.check(in.offset());
        return in.offset();
    }

    private void header() throws IOException, ModuleException {
        if (in.fixed32() != MAGIC) {
            throw new MalformedModuleException("magic header not detected", 0);
        }
        int version = in.fixed32();
        // Components have the same magic, and a layer in the upper half of the version.
        if (version >>> 16 == COMPONENT_LAYER && (version & 0xFFFF) != 0) {
            throw LaterProposals.unsupported("component model", Integer.BYTES);
        }
        if (version != VERSION) {
            throw new MalformedModuleException("unknown binary version", Integer.BYTES);
        }
    }

    private void section() throws IOException, ModuleException {
        long offset = in.offset();
        int id = in.u8();
        SectionFormat format = formats.get(id);
        if (format == null) {
            LaterProposals.refuseSection(id, offset);
            throw new MalformedModuleException("malformed section id", offset);
        }
        long size = Integer.toUnsignedLong(in.u32());
        checkOrder(id, offset);
        long end = in.offset() + size;
        input.visitor().section(new Section(id, offset, in.offset(), size));
        long unbounded = in.bound(end);
        format.read(input);
        if (in.remaining() != 0) {
            throw new MalformedModuleException("section size mismatch", in.offset());
        }
        in.bound(unbounded);
    }

    private void checkOrder(int id, long offset) throws ModuleException {
        if (id == Section.CUSTOM) {
            totals.addCustomSection(offset);
            return;
        }
        int place = ORDER.indexOf(id);
        if (place < nextInOrder) {
            throw new MalformedModuleException("unexpected content after last section", offset);
        }
        nextInOrder = place + 1;
    }
}
