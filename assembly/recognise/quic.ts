export function configureInitials(): void {}
export function initialsExtent(): u32 {
  return 0;
}
export function readInitials(inspection: usize, block: usize, base: usize, available: u32): bool {
  return false;
}
