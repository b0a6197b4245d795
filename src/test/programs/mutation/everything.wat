;; A command that uses a little of everything in WebAssembly 2.0, so that its mutants reach every part of the decoder,
;; the validator and the compiler. It prints its results and ends at once.
(module
  (type $unary (func (param i32) (result i32)))
  (type $pair (func (param i64 f64) (result f64 i64)))
  (import "wasi_snapshot_preview1" "fd_write" (func $fd_write (param i32 i32 i32 i32) (result i32)))
  (import "wasi_snapshot_preview1" "proc_exit" (func $proc_exit (param i32)))
  (memory (export "memory") 1 4)
  (table $functions 4 8 funcref)
  (table $hosts 2 externref)
  (global $counter (mut i32) (i32.const 3))
  (global $limit i64 (i64.const -1))
  (global $reference funcref (ref.func $double))
  (elem (table $functions) (i32.const 0) func $double $square $factorial)
  (elem $passive funcref (ref.func $square) (ref.null func))
  (elem declare func $double)
  (data (i32.const 16) "everything works\n")
  (data $later "\01\02\03\04")
  (start $prepare)

  (func $prepare
    (memory.init $later (i32.const 64) (i32.const 0) (i32.const 4))
    (data.drop $later)
    (memory.copy (i32.const 128) (i32.const 16) (i32.const 17))
    (memory.fill (i32.const 256) (i32.const 7) (i32.const 32))
    (table.init $functions $passive (i32.const 3) (i32.const 0) (i32.const 1))
    (elem.drop $passive)
    (drop (table.grow $functions (ref.null func) (i32.const 1)))
    (table.fill $hosts (i32.const 0) (ref.null extern) (i32.const 2))
    (table.copy $functions $functions (i32.const 1) (i32.const 0) (i32.const 1)))

  (func $double (type $unary) (i32.shl (local.get 0) (i32.const 1)))
  (func $square (type $unary) (i32.mul (local.get 0) (local.get 0)))
  (func $factorial (type $unary)
    (if (result i32) (i32.le_s (local.get 0) (i32.const 1))
      (then (i32.const 1))
      (else (i32.mul (local.get 0) (call $factorial (i32.sub (local.get 0) (i32.const 1)))))))

  (func $swap (type $pair) (local.get 1) (local.get 0))

  (func $numbers (param $x i64) (result i32) (local $f f32) (local $d f64)
    (local.set $d (f64.convert_i64_s (local.get $x)))
    (local.set $f (f32.demote_f64 (f64.sqrt (f64.abs (local.get $d)))))
    (call $swap (i64.rotl (local.get $x) (i64.const 13)) (f64.copysign (local.get $d) (f64.const -0)))
    (drop)
    (drop)
    (i32.add
      (i32.trunc_sat_f32_u (local.get $f))
      (i32.wrap_i64 (i64.extend8_s (i64.xor (local.get $x) (i64.popcnt (global.get $limit)))))))

  (func $vectors (result i32)
    (i32x4.extract_lane 2
      (i32x4.add
        (v128.load (i32.const 128))
        (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23
          (i32x4.splat (i32.const 9))
          (v128.const i64x2 0x0102030405060708 -1)))))

  (func $dispatch (param $which i32) (result i32)
    (block $default
      (block $second
        (block $first
          (br_table $first $second $default (local.get $which)))
        (return (call_indirect $functions (type $unary) (i32.const 5) (i32.const 0))))
      (return (call_indirect $functions (type $unary) (i32.const 5) (i32.const 2))))
    (select (result i32) (i32.const 7) (memory.grow (i32.const 1)) (ref.is_null (table.get $hosts (i32.const 0)))))

  (func $run (export "run") (param $n i32) (result i32) (local $sum i32)
    (loop $again
      (local.set $sum (i32.add (local.get $sum) (call $dispatch (i32.and (local.get $n) (i32.const 3)))))
      (global.set $counter (i32.sub (global.get $counter) (i32.const 1)))
      (br_if $again (i32.gt_s (global.get $counter) (i32.const 0))))
    (i32.add (local.get $sum) (i32.add (call $vectors) (call $numbers (i64.const 123456789)))))

  (func (export "_start")
    (i32.store (i32.const 512) (call $run (i32.const 1)))
    (i32.store (i32.const 0) (i32.const 16))
    (i32.store offset=4 (i32.const 0) (i32.const 17))
    (if (call $fd_write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 8))
      (then (call $proc_exit (i32.const 1)) (unreachable)))))
