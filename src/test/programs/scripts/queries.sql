-- Joins, indices, transactions, window functions, JSON, full text where it is compiled in, and arithmetic.
create table bird(id integer primary key, name text not null unique, family text, grams real check (grams > 0));
create table sighting(bird int references bird(id), place text, day text, count int default 1);
insert into bird(name, family, grams) values ('wren', 'Troglodytidae', 9.5), ('robin', 'Muscicapidae', 18.25), ('kite', 'Accipitridae', 1020),
  ('buzzard', 'Accipitridae', 875.5), ('nightingale', 'Muscicapidae', 21), ('O''Hara''s owl', null, 333.333333333333333);
with recursive n(i) as (select 0 union all select i + 1 from n where i < 9999)
  insert into sighting select i * 7919 % 6 + 1, 'place ' || (i * 104729 % 97), date('2020-01-01', (i % 1500) || ' days'), i % 13 from n;
create index by_place on sighting(place, day desc);
create index partial on sighting(count) where count > 10;
create view heavy as select * from bird where grams > 100;
analyze;
explain query plan select * from sighting where place = 'place 5' order by day desc;
select count(*), sum(count), min(day), max(place), avg(count), total(bird), group_concat(distinct count) from sighting;
select b.name, s.place, sum(s.count) n from bird b join sighting s on s.bird = b.id where b.grams < 100 group by 1, 2 having n > 110 order by n desc, 1, 2 limit 12;
select b.name, h.name from bird b left join heavy h using (family) order by 1, 2;
select name, family, grams, rank() over w, round(sum(grams) over w, 3), lag(name, 1, '-') over w, ntile(2) over w, percent_rank() over w,
  first_value(name) over (partition by family order by grams rows between unbounded preceding and unbounded following)
  from bird window w as (partition by family order by grams) order by family, grams;
select day, avg(count) over (order by day rows between 3 preceding and 3 following exclude current row) from sighting where place = 'place 7' order by day, 2 limit 10;
select json_group_array(json_object('name', name, 'grams', grams)) from heavy;
select key, value, type, fullkey from json_tree('{"a":[1,2.5,{"b":null}],"c":"\u00e9\n"}');
select json_extract('{"a":[10,20,30]}', '$.a[#-1]'), '{"x":1}' ->> 'x', json_patch('{"a":1,"b":2}', '{"a":null,"c":3}'), json_valid('{bad'), json_set('[1]', '$[1]', json('{}'));
with recursive fibonacci(n, a, b) as (values (1, 0, 1) union all select n + 1, b, a + b from fibonacci where n < 90) select max(a) from fibonacci;
with recursive digits(z, lp) as (select '1', 1 union all select cast(lp + 1 as text), lp + 1 from digits where lp < 9),
  mandel(x, y, zx, zy, i) as (select a.lp / 4.0 - 2, b.lp / 4.0 - 1.2, 0.0, 0.0, 0 from digits a, digits b
    union all select x, y, zx * zx - zy * zy + x, 2 * zx * zy + y, i + 1 from mandel where zx * zx + zy * zy < 4 and i < 20)
  select y, group_concat(m, '') from (select y, x, case when max(i) > 15 then '#' when max(i) > 5 then '+' else '.' end m from mandel group by y, x order by y, x) group by y;
select 1 / 3, 1 / 3.0, 0.1 + 0.2, 7 % -3, -7 / 2, 9223372036854775807 + 1, 1e308 * 10, -1e308 * 10, 1 / 0, 2 << 62, ~5, 5 | 2, '12abc' + 1, x'414243' || '', 1e15, 1e16, 123456789012345678;
select round(2.5), round(-2.675, 2), abs(-9223372036854775807), cast('1e3' as int), cast(9.99e18 as int), cast(-1.5 as int), typeof(1e0), printf('%.17g|%e|%10.3f|%-5d|%05d|%,d|%q|%x|%c', 0.1, 12345.678, 3.14159, 42, 42, 1234567, 'it''s', 255, 'z');
select length('h' || char(228, 128038)), upper('straße'), unicode('€'), substr('hello', -3, 2), replace('aXbX', 'X', '--'), trim('xxhixx', 'x'), instr('banana', 'nan'), quote('it''s'), quote(x'00ff'), hex('é'), like('A%', 'abc'), 'abc' glob 'a[b-c]*', soundex is null from (select null soundex);
select date('2024-02-29', '+1 year'), strftime('%j %W %s %f', '2023-12-31 23:59:59.999'), julianday('2000-01-01'), datetime(1e9, 'unixepoch'), time('12:00', '-90 minutes'), date('2024-01-31', '+1 month', 'weekday 0');
begin; update sighting set count = count * 2 where place like 'place 1%'; savepoint inner; delete from sighting; select count(*) from sighting; rollback to inner; select changes(), sum(count) from sighting; rollback;
select sum(count) from sighting;
insert into bird(name, grams) values ('wren', 10) on conflict(name) do update set grams = excluded.grams + bird.grams returning id, name, grams;
create trigger thinner after delete on bird begin update bird set grams = grams - 1 where id < old.id; end;
delete from bird where name = 'kite' returning *;
select * from bird order by grams collate binary;
select name from bird where family = 'Muscicapidae' union select place from sighting where count = 12 except select 'place 9' order by 1 desc limit 8;
create table wide as with recursive n(i) as (select 1 union all select i + 1 from n where i < 20000) select i, i * 2654435761 % 4294967296 h, printf('%08x', i * 40503 % 65536) t from n;
create unique index by_h on wide(h); create index by_t on wide(t, i);
select count(*), sum(h), max(t) from wide where h between 1000000000 and 2000000000;
select a.i, b.i from wide a join wide b on a.t = b.t and a.i < b.i order by 1, 2 limit 5;
delete from wide where i % 3 = 0; vacuum;
select count(distinct t), sum(length(t)), (select h from wide order by h limit 1 offset 5000) from wide;
pragma integrity_check;
select sqlite_version() > '3.40', compile_options from pragma_compile_options where compile_options like 'OMIT%';
insert into bird(name, grams) values ('dodo', -1);
