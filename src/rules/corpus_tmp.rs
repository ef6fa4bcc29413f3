//! Throw-away.
use super::catalogue_tests::findings;
const FRONT: &str =
    "+++\ntitle = \"x\"\nseverity = \"P1\"\nstatus = \"final\"\ntlp = \"TLP:CLEAR\"\n\n[impact]\nusers = \"x\"\n+++\n";
fn walk(dir: &std::path::Path, out: &mut Vec<std::path::PathBuf>) {
    for e in std::fs::read_dir(dir).unwrap() {
        let p = e.unwrap().path();
        if p.is_dir() {
            walk(&p, out)
        } else if ["md", "qmd", "erb"].contains(&p.extension().and_then(|e| e.to_str()).unwrap_or("")) {
            out.push(p)
        }
    }
}
#[test]
fn corpus() {
    let mut files = Vec::new();
    let root = std::path::Path::new("/work/shared/corpus");
    walk(root, &mut files);
    files.sort();
    let mut out = String::new();
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let all = format!("{FRONT}{text}").replace("\r\n", "\n");
        let path = "content/reviews/2020-01-01-corpus.md";
        for f in findings(&[(path, &all)]) {
            if f.path != path || !(f.rule.code.starts_with('P') || f.rule.code.starts_with('B')) {
                continue;
            }
            let line = all[..f.span.start].matches('\n').count() + 1;
            let ls = all[..f.span.start].rfind('\n').map_or(0, |x| x + 1);
            let a = f.span.start.saturating_sub(100).max(ls);
            let a = (a..=f.span.start).find(|x| all.is_char_boundary(*x)).unwrap();
            let mut e = (f.span.end + 80).min(all.len());
            while !all.is_char_boundary(e) {
                e -= 1
            }
            out += &format!(
                "{}\t{}\t{}\t{}\t{}\t{}\t[{}]\n",
                f.rule.code,
                f.rule.name,
                file.strip_prefix(root).unwrap().display(),
                line as i64 - 10,
                f.message,
                all[a..e].replace('\n', " "),
                all[f.span.range()].replace('\n', " ")
            );
        }
    }
    std::fs::write("/tmp/rules-b-hits.tsv", out).unwrap();
}
