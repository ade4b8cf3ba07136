//! What the build must be repeated for when it changes: environment variables and secret files.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

/// What was read while expanding.
#[derive(Debug, Default)]
pub struct Tracked {
    variables: BTreeSet<String>,
    files: BTreeSet<String>,
}

impl Tracked {
    /// A variable that was read. Its value ends up in the clear in cargo's files, so it is never a secret.
    pub fn variable(&mut self, name: &str) {
        self.variables.insert(name.to_owned());
    }

    /// A file that was read, by its absolute path.
    pub fn file(&mut self, path: &str) {
        self.files.insert(path.to_owned());
    }

    /// Statements that make rustc write the names into its dependency file.
    ///
    /// A file's content must reach no artifact: in a private function that is neither generic nor
    /// called, it is neither encoded as metadata nor compiled, but its path is tracked all the same.
    pub fn statements(&self, krate: &TokenStream) -> TokenStream {
        let variables = &self.variables;
        let files = &self.files;
        quote! {
            #(const _: #krate::__private::Option<&#krate::__private::core::primitive::str> = #krate::__private::core::option_env!(#variables);)*
            #(const _: () = {
                #[cold]
                fn _track() {
                    let _ = #krate::__private::core::include_bytes!(#files);
                }
            };)*
        }
    }
}
