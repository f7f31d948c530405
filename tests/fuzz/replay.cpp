// Runs a fuzz target without libFuzzer: over the files of the given folders in the order of their
// names, over every truncation of each, and over every single flipped bit.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

// NOLINTNEXTLINE(readability-identifier-naming): libFuzzer's name
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& input) {
  // A copy of its own size, so that reading behind the end is seen.
  const std::vector<std::uint8_t> bytes(input.begin(), input.end());
  LLVMFuzzerTestOneInput(bytes.data(), bytes.size());
}

void run_with_changes(const std::string& input) {
  run(input);
  for (std::size_t at = 0; at < input.size(); ++at) {
    run(input.substr(0, at));
    std::string changed = input;
    for (unsigned bit = 0; bit < 8; ++bit) {
      changed[at] = static_cast<char>(static_cast<unsigned char>(input[at]) ^ (1U << bit));
      run(changed);
    }
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < argc; ++i)
    for (const auto& entry : std::filesystem::directory_iterator(argv[i]))
      if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    run_with_changes({std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()});
  }
  std::printf("%zu seeds\n", files.size());
  return files.empty() ? 1 : 0;
}
