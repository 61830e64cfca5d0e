using System.Text.Json.Serialization;

namespace Berth.Packaging.Images;

[JsonSourceGenerationOptions(MaxDepth = 32)]
[JsonSerializable(typeof(SavedImage[]))]
[JsonSerializable(typeof(ImageConfigDocument))]
internal sealed partial class ImagesJson : JsonSerializerContext;
