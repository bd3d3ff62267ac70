"""Jupyter's own tests of a kernel, with a sample for each: kernel_rules.py, with unittest's arguments."""

import unittest

import jupyter_kernel_test


class KernelRules(jupyter_kernel_test.KernelTests):
    kernel_name = "inception-lab"
    language_name = "typescript"
    file_extension = ".ts"
    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"
    completion_samples = [{"text": "conso", "matches": {"console"}}]
    complete_code_samples = ["const x = 1", "function f() {\n  return 1;\n}", "await Promise.resolve(3)"]
    incomplete_code_samples = ["function f() {", "const text = `first"]
    invalid_code_samples = ["let 3 = ;", "const = 4"]
    code_page_something = "console?"
    code_generate_error = "throw new RangeError('on purpose')"
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a' + 'b'", "result": "'ab'"},
    ]
    code_display_data = [
        {"code": "import { display } from 'tslab'; display.html('<b>bold</b>')", "mime": "text/html"}
    ]
    code_history_pattern = "6*7"
    supported_history_operations = ("tail", "range", "search")
    code_inspect_sample = "console"
    code_clear_output = "import { clearOutput } from 'inception-lab'; console.log(1); clearOutput()"


if __name__ == "__main__":
    unittest.main()
