"""Wild input for the languages that are read with tree-sitter: nothing but `Unreadable` is raised, and nothing takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from permlint.frontends import Unreadable, lower, syntax

SOURCES = {
    "java": """
package a.b; import static c.D.*; import e.F; @G({"h", I.J}) public abstract class K<L> extends M<N> implements O, P {
static { q(); } final int[] r = {1, 2}; K(S s) { this(s, 1); } K(S s, int t) { super(s); } enum U { V("w") { void x() {} }, Y; U(String z) {} }
<A> B c(final D d, E... f) throws G { for (H h : i) { if (j) continue; else break; } switch (k) { case 1: l(); default: m(); } return n ? o : p; }
String q = switch (r) { case "s", "t" -> "u"; default -> { yield v; } }; record W(int x) {} Object y = new Z<>() { void a() { b(); } }; }
interface C { String D = "e"; default void f() { try (G g = h()) { i(J::k); } catch (L | M n) { throw n; } finally { o(p -> q); } } }
""",
    "kt": """
@file:A("b") package c.d; import e.F as G
data class H(val i: String = "j", vararg k: L) : M(i), N by o { companion object { const val P = "q" } init { r() } constructor(s: T) : this(s) { u() }
 val v: W get() = x; val y by lazy { z } ; override fun a(b: C?) = when (b) { is D -> "e"; in f -> g; null, 1 -> { h() } else -> i!! } }
enum class J(val k: String) { L("m"), N("o") { override fun p() {} } ; fun q() = r }
object S : T(u), V { fun w() { x?.y?.let { z -> a(z) } ?: return; for ((b, c) in d) { if (e) continue else break }; try { f } catch (g: H) { throw g } finally { } } }
fun <I> J.k(l: (M) -> N = { it }, o: P): Q = l("a$b ${c.d} \\u0041").apply { e = f; g += h; i[j] = k }
val l = object : M<N>() { override fun o() {} }; val p = if (q) "r" else { s }; fun interface T { fun u() }
""",
    "go": """
package a
import ( b "c/d"; . "e"; "f/v2" )
const ( G = "h"; I )
var j, k = []string{"l"}, map[string]M{"n": {O: 1}}
type P struct { Q; *r.S; T, U string `v` }
type W interface { X(y Z) (a, b error) }
type C []D
func (e *P) F(g, h I, j ...K) (l M, err error) { for _, n := range o { if p, ok := q[r]; !ok { continue } else if s != nil { return nil, err } }
 switch t := u.(type) { case V: w(); default: x() }; select { case y := <-z: a(y) }; go b(func() { c() }); defer d()
 e.f = append(e.f, g...); h, err := i(j); k := &L{M: n, O: []P{{Q: "r"}}}; return S[T](u), nil }
""",
    "cs": """
using A.B; using C = D.E; [assembly: F("g")] namespace H.I { [J(K = "l")] public partial class M<N> : O<P>, Q where N : class { const string R = "s"; static M() { t(); }
 public M(U u) : base(u, v: 1) { this.w = w ?? x; } public string Y { get; set; } = "z"; public int A => b?.C?[0] ?? 1; public D E { get { return f; } }
 async Task<G> H(string i = "j", params K[] l) { foreach (var (m, n) in o) { if (p is Q r && !s) continue; else break; } switch (t) { case "u": v(); break; default: w(); break; }
 var x = y switch { 1 => "z", _ => $"a{b:c}{{d}}" }; using var e = f(); await foreach (var g in h) yield return g; try { } catch (I j) when (k) { throw; } finally { l(); }
 return new M<N>(n) { O = { "p" }, ["q"] = r, S = new() { T = 1 } }; int U(V w) => x(out var y, ref z); } event A B; delegate C D(E f); enum G { H = 1, I } record J(string K); } }
#if X
class L { string m = @"n""o"; string p = \"\"\"q\"\"\"; }
#endif
""",
    "dart": """
import 'package:a/a.dart' as a show B;
enum E { x('y'), z; const E([this.v = '']); final String v; }
class F extends G with H implements I {
  static const _b = 'https://graph.facebook.com/$v/${w.x}';
  F(this.t, {required this.s, String y = 'k'}) : _x = y, super(t);
  factory F.of() => F('t');
  String get url => '$_b/me';
  Future<Map<String, dynamic>?> run(String a, [int b = 1]) async {
    final r = await http.get(Uri.parse('$_b/me'), headers: {'A': 'b', ...c});
    var l = <String>[if (a) 'x' else 'y', for (final i in j) i, ...?k]..add('a')..b['c'] = d;
    switch (a) { case 'x': return null; default: b = 2; }
    try { f(); } on E catch (e) { g(); } finally { h(); }
    return l.map((e) => e.trim()).toList().join(',') + (a == null ? r'x' : a!.b?.c['d'] ?? switch (a) { 'x' => 1, _ => 2 });
  }
}
""",
    "swift": """
import FacebookLogin
@main enum K: String, CaseIterable { case a, b = "c"; static let all: [K] = [.a, .b]; static var d: String { return "x\\(e)" } }
extension V { func f(_ g: String, with h: Int = 1, i: String...) async throws -> Bool { true } }
class V: W, X {
    @IBOutlet weak var j: FBLoginButton!; lazy var k: L = { let m = L(); m.n = 1; return m }()
    init?(o: String) { self.o = o; super.init() }
    override func p() {
        guard let q = r, case .s(let t) = u, !v else { return }
        if let w = x { y() } else if z { a[0] = "b" } else { c?.d!.e() }
        switch f { case .g(let h), .i: break; case "j": k(); default: l += ["m"] }
        for (n, o) in p.enumerated() where o != "q" { r.append(contentsOf: s) }
        do { try t() } catch let u as V { w() } catch { x() }
        GraphRequest(graphPath: "me", parameters: ["fields": "id"], httpMethod: .post).start { (a, b, c) in d(a ?? b, e ? "f" : #"g\\#(h)"#) }
        repeat { i() } while j; let (k, l) = (m, n); o.map { $0.p }.map(\\.q).joined(separator: ",")
    }
}
""",
    "m": """
#import "A.h"
#define B @"c"
typedef NS_ENUM(NSInteger, D) { E, F };
static NSString *const G = @"h" B;
@interface I () <J> @property (nonatomic, strong) K *l; @end
@implementation I { NSString *_m; }
- (instancetype)initWithN:(NSString *)n o:(NSArray *)o { if (self = [super init]) { _m = n; self.l = o; } return self; }
+ (NSArray *)p { return @[@"q\\n", B, @1, @{@"r": @[s]}]; }
- (void)t {
    [[[FBSDKLoginManager alloc] init] logInWithPermissions:@[@"u"] fromViewController:self handler:^(V *w, NSError *x) { if (x) { y(); } else { [self z]; } }];
    for (NSString *a in b) { c[0] = d[@"e"]; } for (int f = 0; f < 3; f++) { continue; }
    switch (g) { case 1: case 2: h(); break; default: i(); }
    @try { [j setK:l]; } @catch (NSException *m) {} @finally {} @synchronized(n) { o = p ?: q; }
    self->_m += (NSString *)r; dispatch_async(s, ^{ [t u]; }); v.w.x = !y && z || -a;
}
@end
""",
    "rb": """
require 'a'
A.b.c do |d| provider :facebook, ENV['E'], scope: %w[f g].join(','), **h end
module I; J = %i(k l).freeze
  class M < N::O
    include P; attr_accessor :q; option :r, { s: 't', 'u' => 1, **v }
    def self.w(x, y = {}, *z, a:, b: 'c', **d, &e) = new(x)
    def initialize(f) ; @f = f; super(); end
    def g
      return if h.nil?; i ||= 'j'; k[:l] += 1; m, *n = o; p <<~Q, r
        #{s} t
      Q
      begin; u&.v(&:w); rescue X => e; y; ensure; z; end
      case a when 'b', C then d else e end
      if f then g elsif h then i else j end; k unless l; m while n; o rescue nil
      p.map { |q, (r, s)| q << r }.select { _1 }.each_with_index do |t| next if t end
      ->(u) { u }.call; yield v; "w\\n#{x}" 'y' + :"z#{a}".to_s; `b`; /c#{d}/; [1, *e][0..1]; {a:, b: 1}
    end
  end
end
""",
    "sh": """
#!/bin/bash
export A=1 B="x ${C:-d} $(e | f)" ; readonly G; declare -A h=([i]=j ["k"]="l$m"); n=(o "p" $q "${r[@]}"); n[0]+=s
function t() { local u=$1 v; shift 2; u+="${@:2}"; return 1; }
w() ( x=`y "$z" 'a' $'b\\x41'`; cat <<-EOF | tr ' ' ','
	c $d ${e//f/g} $(h)
	EOF
)
if [ -z "$i" ] && ! j; then k -X"$l" -d @- <<'M' > n 2>&1
o $p
M
elif [[ $q == r* || -f s ]]; then t || exit 1; else u; fi
for v in w "$x" ${y%,} {1..3}; do continue; done; for ((z = 0; z < 3; z++)); do break; done
while read -r -d '' a b; do c <<< "$a"; done < <(d); until e; do :; done; case "$f" in g|h) i ;; *) j ;; esac
{ k; l; } > m; (n) | o &; $p "${q[@]^^}" "${r:0:2}" ${#s} ${!t} $((u + 1)); eval "$v" && source "${w%/*}/x.sh"; . ./y; printf -v z '%s' "$1"; set -- a b
unset a; ((b++)); c=d e=f g; trap 'h' EXIT; curl "https://graph.facebook.com/$i" -d "j=$k" \\
  -H "l"
""",
}
TOKENS = st.sampled_from(list("(){}[]<>.,;:=+-*/\\\"'`$#@!?%&|^~ \n\té🎉a1_") + ["\"\"\"", "'''", "//", "/*", "${", "=>", "class ", "if ",
                                                                          "return ", "func ", "def ", "end ", "do ", "@[", "#{", "%w[", "$(", "<<E\n", "then ", "fi "])  # fmt: skip


@pytest.mark.parametrize("ending", SOURCES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_garbage_and_cut_off_source_raise_nothing_else(ending, data):
    source = SOURCES[ending]
    start = data.draw(st.integers(0, len(source)))
    end = data.draw(st.integers(start, len(source)))
    middle = "".join(data.draw(st.lists(TOKENS, max_size=12)))
    for text in (source[:start] + middle + source[end:], middle, source[start:end]):
        try:
            lower(f"a.{ending}", text.encode())
        except Unreadable:
            pass


@pytest.mark.parametrize("ending", SOURCES)
@pytest.mark.parametrize("opening", ["(", "[", "{", "a(", "if (", "a + ", "a.b", "!", "'$", "[if (a) "])
def test_deep_nesting_ends_quickly(ending, opening, monkeypatch):
    monkeypatch.setattr(syntax, "_MAX_SECONDS", 0.3)
    began = time.process_time()
    try:
        lower(f"a.{ending}", (opening * 100_000)[:900_000].encode())
    except Unreadable:
        pass
    assert time.process_time() - began < 60


@pytest.mark.parametrize("ending", SOURCES)
def test_bytes_of_any_kind_are_read_or_refused(ending):
    for data in (b"\xff\xfe\x00", b"\0", b"\xe9 = '\xe9'", b"\xef\xbb\xbf" + SOURCES[ending].encode(), b""):
        try:
            lower(f"a.{ending}", data)
        except Unreadable:
            pass
