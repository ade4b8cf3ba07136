//! What rustc prints for a wrong definition, as a picture for the README.

use std::fs;
use std::process::Command;

use crate::repository;

/// The definition that is drawn, and the picture.
const SOURCE: &str = "tools/error.rs";
const PICTURE: &str = "docs/error.svg";

/// Draws the picture.
pub(crate) fn write() -> Result<(), String> {
    fs::create_dir_all(repository("docs")).map_err(|error| format!("cannot make docs: {error}"))?;
    fs::write(repository(PICTURE), picture()?).map_err(|error| format!("cannot write {PICTURE}: {error}"))?;
    println!("wrote {PICTURE}");
    Ok(())
}

/// Fails if the picture is not what rustc prints.
pub(crate) fn check() -> Result<(), String> {
    let drawn = fs::read_to_string(repository(PICTURE)).unwrap_or_default();
    if drawn == picture()? {
        return Ok(());
    }
    Err(format!("{PICTURE} is not up to date: run `cargo run -p guestlist-tools -- error-svg`"))
}

/// Compiles the definition in a package of its own and draws what rustc prints, colours included.
fn picture() -> Result<String, String> {
    let say = |what: &str| {
        let what = what.to_owned();
        move |error: std::io::Error| format!("{what}: {error}")
    };
    let root = repository("target/error-svg");
    fs::create_dir_all(root.join("src")).map_err(say("cannot make a folder for the package"))?;
    let manifest = format!(
        "[package]\nname = \"server\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n\
         [dependencies]\nguestlist = {{ path = {:?} }}\n\n[workspace]\n",
        repository("").canonicalize().map_err(say("cannot find the repository"))?
    );
    fs::write(root.join("Cargo.toml"), manifest).map_err(say("cannot write the manifest"))?;
    fs::copy(repository("Cargo.lock"), root.join("Cargo.lock")).map_err(say("cannot copy Cargo.lock"))?;
    fs::copy(repository(SOURCE), root.join("src/clients.rs")).map_err(say("cannot copy the definition"))?;
    fs::write(
        root.join("src/main.rs"),
        "mod clients;\n\nfn main() {\n    println!(\"{}\", clients::CLIENTS.len());\n}\n",
    )
    .map_err(say("cannot write main.rs"))?;
    let check = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--color", "always"])
        .current_dir(&root)
        .env("CARGO_TARGET_DIR", root.join("target"))
        .output()
        .map_err(say("cannot run cargo"))?;
    if check.status.success() {
        return Err(format!("{SOURCE} compiles, so there is no error to draw"));
    }
    let printed = String::from_utf8_lossy(&check.stderr);
    // Cargo's closing line names the package of this tool's, not the user's.
    let lines: Vec<&str> = printed.lines().filter(|line| !line.contains("could not compile")).collect();
    Ok(anstyle_svg::Term::new().render_svg(lines.join("\n").trim_end()))
}
