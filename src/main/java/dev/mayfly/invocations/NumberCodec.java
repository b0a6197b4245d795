package dev.mayfly.invocations;

import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * JSON numbers as WebAssembly's, and back. Integers are exact: an argument may be given signed or unsigned, a result is
 * signed. The floating-point values that JSON has no number for are the strings {@code "NaN"}, {@code "Infinity"} and
 * {@code "-Infinity"}.
 */
public final class NumberCodec {

    /** The values that JSON has no number for, spelled as Java reads and writes them. */
    public static final Set<String> WORDS = Set.of("NaN", "Infinity", "-Infinity");

    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,20}");

    private NumberCodec() {}

    /**
     * Reads a function's arguments.
     *
     * @throws InvalidArgumentsException if there are too many or too few, or one does not fit its parameter's type
     */
    static List<WasmValue> arguments(FunctionType type, List<String> values) throws InvalidArgumentsException {
        List<ValueType> parameters = type.parameters();
        if (values.size() != parameters.size()) {
            throw new InvalidArgumentsException(
                    "The function takes " + parameters.size() + " arguments " + type + ", not " + values.size() + ".");
        }
        List<WasmValue> arguments = new ArrayList<>(values.size());
        for (int i = 0; i < values.size(); i++) {
            arguments.add(argument(parameters.get(i), values.get(i), i + 1));
        }
        return arguments;
    }

    private static WasmValue argument(ValueType type, String value, int position) throws InvalidArgumentsException {
        return switch (type) {
            case I32 ->
                new WasmValue.I32(integer(type, Integer.SIZE, value, position).intValue());
            case I64 ->
                new WasmValue.I64(integer(type, Long.SIZE, value, position).longValue());
            case F32 -> new WasmValue.F32(f32(value, position));
            case F64 -> new WasmValue.F64(f64(value, position));
            case V128, FUNCREF, EXTERNREF ->
                throw new InvalidArgumentsException(
                        "Argument " + position + " is a " + type + ", which cannot be given as JSON.");
        };
    }

    private static BigInteger integer(ValueType type, int bits, String value, int position)
            throws InvalidArgumentsException {
        if (INTEGER.matcher(value).matches()) {
            BigInteger integer = new BigInteger(value);
            boolean fits = integer.signum() < 0 ? integer.bitLength() < bits : integer.bitLength() <= bits;
            if (fits) {
                return integer;
            }
        }
        throw unfit(type, position);
    }

    private static float f32(String value, int position) throws InvalidArgumentsException {
        // From the digits: a double in between would round twice.
        float number = Float.parseFloat(value);
        if (Float.isFinite(number) || WORDS.contains(value)) {
            return number;
        }
        throw unfit(ValueType.F32, position);
    }

    private static double f64(String value, int position) throws InvalidArgumentsException {
        double number = Double.parseDouble(value);
        if (Double.isFinite(number) || WORDS.contains(value)) {
            return number;
        }
        throw unfit(ValueType.F64, position);
    }

    private static InvalidArgumentsException unfit(ValueType type, int position) {
        return new InvalidArgumentsException("Argument " + position + " is no " + type + ".");
    }

    /** A function's results, each as something that is written as a JSON number or string. */
    public static List<Object> results(List<WasmValue> results) {
        return results.stream().map(NumberCodec::result).toList();
    }

    private static Object result(WasmValue value) {
        return switch (value) {
            case WasmValue.I32(int number) -> number;
            case WasmValue.I64(long number) -> number;
            case WasmValue.F32(float number) -> Float.isFinite(number) ? number : Float.toString(number);
            case WasmValue.F64(double number) -> Double.isFinite(number) ? number : Double.toString(number);
        };
    }
}
